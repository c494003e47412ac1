import { Client } from "pg";
import { expect, inject, test } from "vitest";
import { listenToPostgres } from "../src/database/listen.ts";

test("a broken connection is reopened, announces that something may be missing, and listens again", async () => {
  const url = inject("databasePlaces").postgresUrl;
  const log: string[] = [];
  const listening = await listenToPostgres(url, "some_channel", {
    onNotice: (payload) => log.push(payload),
    onGap: () => log.push("gap"),
    onError: () => log.push("error"),
  });
  const other = new Client({ connectionString: url });
  await other.connect();
  try {
    await other.query("notify some_channel, 'first'");
    await expect.poll(() => log).toEqual(["first"]);
    await other.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'bridge-listen' and query like '%some_channel%'",
    );
    await expect.poll(() => log).toEqual(["first", "error", "gap"]);
    await other.query("notify some_channel, 'second'");
    await expect.poll(() => log.at(-1)).toBe("second");
    await listening.close();
    expect(
      (await other.query("select 1 from pg_stat_activity where query like 'listen \"some_channel\"'")).rows,
    ).toHaveLength(0);
  } finally {
    await listening.close();
    await other.end();
  }
});

test("a database that does not exist is an error at once", async () => {
  const quiet = { onNotice: () => {}, onGap: () => {}, onError: () => {} };
  await expect(listenToPostgres("postgres://127.0.0.1:1/nowhere", "some_channel", quiet)).rejects.toThrow(
    "ECONNREFUSED",
  );
});
