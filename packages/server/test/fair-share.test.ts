import { type Client } from "pg";
import { afterEach, expect, test } from "vitest";
import { type Caller, runFor } from "../src/database/caller.ts";
import { FairQueue } from "../src/fair-queue.ts";
import { openEmbedded } from "../src/database/embedded/open-embedded.ts";
import { sql } from "kysely";
import { accounts, type Api, createApi } from "./support/api.ts";
import { connect, openBridge } from "./support/open-bridge.ts";

const SLOW = 200;

/** Searches of one key that wait for a lock until `use` is done. */
async function whileSearching(
  use: (held: { client: Client; busy: Api; others: Api; gone: AbortController; count: () => number }) => Promise<void>,
): Promise<number[]> {
  await using bridge = await openBridge("postgres");
  const [busy, others] = [await createApi(bridge), await createApi(bridge)];
  const app = await busy.createApp();
  await busy.sync(app, [["account", accounts(3)]]);
  await bridge.whenIndexed();
  let count = 0;
  let searches: Promise<number>[] = [];
  await connect(bridge.database, async (client) => {
    await client.query("begin; lock table record_terms in access exclusive mode");
    const gone = new AbortController();
    searches = Array.from({ length: SLOW }, async () => {
      const path = `/apps/${app}/records/account/?text=u`;
      const { status } = await busy.send("GET", path, { signal: gone.signal });
      count++;
      return status;
    });
    await expect.poll(() => waiting(client)).toBeGreaterThan(0);
    await use({ client, busy, others, gone, count: () => count });
    await client.query("rollback");
  });
  return Promise.all(searches);
}

async function waiting(client: Client): Promise<number> {
  // Within a transaction the view stays as it was first read.
  await client.query("select pg_stat_clear_snapshot()");
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
      where datname = current_database() and state = 'active' and wait_event_type = 'Lock'`,
  );
  return rows[0]!.count;
}

test("slow searches of one key leave connections to other organisations, and to the Bridge itself", async () => {
  const statuses = await whileSearching(async ({ others, count }) => {
    const app = await others.createApp();
    const syncId = await others.start(app);
    expect((await others.push(app, syncId, "account", accounts(1))).status).toBe(200);
    expect((await others.send("GET", "http://bridge.test/readyz")).body).toEqual({ status: "ready" });
    expect(count()).toBe(0);
  });
  expect(new Set(statuses)).toEqual(new Set([200]));
});

test("once its client has gone, a running search is cancelled in the database and waiting ones are dropped", async () => {
  const statuses = await whileSearching(async ({ client, busy, gone }) => {
    gone.abort();
    await expect.poll(() => waiting(client)).toBe(0);
    // The organisation has its connections again.
    expect((await busy.call("GET", "/apps/")).status).toBe(200);
  });
  expect(new Set(statuses)).toEqual(new Set([499]));
});

const never = new AbortController().signal;
const callerOf = (orgId: string, gone = never): Caller => ({ orgId, gone, isReading: true, hasBegun: false });

test("organisations take turns, however many calls each of them has", async () => {
  const queue = new FairQueue({ most: 1, mostEach: 1 });
  const order: string[] = [];
  const use = async (orgId: string) => {
    const leave = await queue.enter(orgId);
    order.push(orgId);
    await Promise.resolve();
    leave();
  };
  await Promise.all(["a", "a", "a", "a", "b", "c", "b"].map(use));
  // The first call is alone when it comes.
  expect(order).toEqual(["a", "a", "b", "c", "a", "b", "a"]);
});

test("an organisation never has more than its share, even if no other one needs any", async () => {
  const queue = new FairQueue({ most: 3, mostEach: 2 });
  const leave = await queue.enter("a");
  await queue.enter("a");
  let isThird = false;
  const third = queue.enter("a").then(() => (isThird = true));
  await queue.enter("b");
  expect(isThird).toBe(false);
  leave();
  expect(await third).toBe(true);
});

test("a caller that waits too long gets an error and leaves the queue", async () => {
  const queue = new FairQueue({ most: 1, mostEach: 1, patienceMs: 1 });
  const leave = await queue.enter("a");
  await expect(queue.enter("b")).rejects.toThrow("timeout exceeded when trying to connect");
  leave();
  (await queue.enter("a"))();
});

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

test("organisations take turns on the embedded database too, and waiting calls leave with their clients", async () => {
  const opened = await openEmbedded({});
  close = () => opened.close();
  const { promise: end, resolve: finish } = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const order: string[] = [];
  const holding = opened.kysely.transaction().execute(async () => {
    held.resolve();
    await end;
  });
  await held.promise;
  const gone = new AbortController();
  const ask = (caller: Caller) =>
    runFor(caller, async () => {
      await sql`select 1`.execute(opened.kysely);
      order.push(caller.orgId);
    });
  const many = Array.from({ length: 5 }, () => ask(callerOf("busy")));
  const leaving = Array.from({ length: 5 }, () => ask(callerOf("busy", gone.signal)));
  const other = ask(callerOf("other"));
  gone.abort();
  for (const call of leaving) await expect(call).rejects.toThrow("The client has gone");
  expect(order).toEqual([]);
  finish();
  await Promise.all([holding, ...many, other]);
  expect(order).toEqual(["busy", "other", "busy", "busy", "busy", "busy"]);
});
