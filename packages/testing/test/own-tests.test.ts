import { createConnection, type Connection } from "@bridgekit/core/run";
import { expect, test } from "vitest";
import { quickRetry, readStream, readStreams, shareBridge } from "../src/index.ts";
import { when } from "@bridgekit/sandbox";
import { createWikiConnector, type WikiChanges } from "./support/wiki-connector.ts";
import { wikiOptions } from "./support/wiki-options.ts";
import { createWikiProduct, type WikiProduct } from "./support/wiki-product.ts";

const bridge = await shareBridge();

async function connect(changes: WikiChanges = {}): Promise<{ wiki: WikiProduct; connection: Connection }> {
  const wiki = createWikiProduct();
  const options = { fetch: wiki.fetch, retry: quickRetry };
  return { wiki, connection: await createConnection(createWikiConnector(changes), wikiOptions.config, options) };
}

test("a stream is read to its end, with what it reports as missing", async () => {
  const { wiki, connection } = await connect({
    sync: {
      async *account({ client, partial }) {
        partial("guests are hidden");
        yield* client.users();
      },
    },
  });
  const { records, missing } = await readStream(connection, "account");
  expect(records.map(({ id }) => id)).toEqual(wiki.users.map(({ id }) => id));
  expect(missing).toEqual(["guests are hidden"]);
});

test("streams that are read together share one run", async () => {
  const signals: AbortSignal[] = [];
  const note = async function* ({ signal }: { signal: AbortSignal }) {
    signals.push(signal);
    yield { id: "1", name: "One" };
  };
  const { connection } = await connect({ sync: { team: note, seat: note } });
  await readStreams(connection, ["team", "seat"]);
  await readStream(connection, "seat");
  expect(signals.map((seen) => seen === signals[0])).toEqual([true, true, false]);
});

test("an error of a stream is passed on after the retries", async () => {
  const { wiki, connection } = await connect();
  wiki.fault(when({ path: "/users" }, { kind: "response", status: 500 }));
  await expect(readStream(connection, "account")).rejects.toThrow("The wiki returned 500");
  expect(wiki.requestCount({ path: "/users" })).toBe(6);
});

test("an app keeps removed records after a sync", async () => {
  const { wiki, connection } = await connect();
  const app = await bridge.openApp(connection);
  expect(await app.sync()).toMatchObject({ status: "completed", missing: [] });
  const [gone] = wiki.users.splice(3, 1);
  await app.sync();
  const removed = (await app.records("account")).filter(({ removed_at }) => removed_at !== null);
  expect(removed.map(({ data }) => data.id)).toEqual([gone!.id]);
});

test("a task is run, and an interrupted one gets the time of its first attempt", async () => {
  const begun: (Date | undefined)[] = [];
  const { connection } = await connect({
    tasks: { suspend_account: async (context) => void begun.push(context.interruptedAt) },
  });
  const payload = { account: { id: "u3" } };
  const interruptedAt = new Date("2026-01-01T00:00:00.000Z");
  expect(await bridge.runTask(connection, "suspend_account", payload)).toMatchObject({ status: "completed" });
  await bridge.runTask(connection, "suspend_account", payload, interruptedAt);
  expect(begun).toEqual([undefined, interruptedAt]);
});
