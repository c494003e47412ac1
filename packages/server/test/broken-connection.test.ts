import { sql } from "kysely";
import { Client } from "pg";
import { expect, test } from "vitest";
import { openPostgres } from "../src/database/open-postgres.ts";
import { prepared } from "../src/database/prepared.ts";
import { isTransientError } from "../src/database/transient-error.ts";
import { accounts, createApi } from "./support/api.ts";
import { createDatabase, openBridge } from "./support/open-bridge.ts";

test("PostgreSQL connections that break under load cost calls, not the process", async () => {
  await using bridge = await openBridge("postgres");
  const api = await createApi(bridge);
  const app = await api.createApp({ guard: null });
  const administrator = new Client({ connectionString: "url" in bridge.database ? bridge.database.url : "" });
  await administrator.connect();
  const waiting = async () => {
    const { rows } = await administrator.query("select pid from pg_locks where not granted");
    return rows.length;
  };
  const statuses = new Set<number>();
  for (let round = 0; round < 20; round++) {
    // In every other round some calls certainly have a connection: they wait for the app.
    const isHeld = round % 2 === 0;
    if (isHeld) await administrator.query("begin");
    if (isHeld) await administrator.query("select from apps where id = $1 for update", [app]);
    const calls = Array.from({ length: 20 }, async () => {
      const { status } = await api.call("POST", `/apps/${app}/sync/`);
      statuses.add(status);
    });
    if (isHeld) await expect.poll(waiting).toBeGreaterThan(0);
    await administrator.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    if (isHeld) await administrator.query("commit");
    await Promise.all(calls);
  }
  await administrator.end();
  expect(statuses).toEqual(new Set([201, 503]));
  const session = await api.sync(app, [["account", accounts(3)]]);
  expect(session.status).toBe("completed");
});

test.each([
  ["lost, as behind a pooler", "deallocate all"],
  ["made out of date by new columns", "alter table notes add column text text"],
])("a prepared statement that is %s fails once, for a time, and then works", async (_, lose) => {
  const { database: options, drop } = await createDatabase("postgres");
  const database = await openPostgres({ url: "url" in options ? options.url : "", onError: () => {} });
  const ask = (kysely = database.kysely) => sql`${prepared("notes")}select * from notes`.execute(kysely);
  await sql`create table notes (id integer)`.execute(database.kysely);
  const failure = await database.kysely.connection().execute(async (connection) => {
    await ask(connection);
    await sql.raw(lose).execute(connection);
    return ask(connection).catch((error: unknown) => error);
  });
  expect(isTransientError(failure)).toBe(true);
  expect((await ask()).rows).toEqual([]);
  expect((await ask()).rows).toEqual([]);
  await database.close();
  await drop();
});
