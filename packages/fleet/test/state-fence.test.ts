import type { JournalEntry, Receipt } from "@bridgekit/core/run";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isStaleGenerationError } from "../src/state/stale-generation-error.ts";
import { openFleetJournal } from "../src/state/open-fleet-journal.ts";
import { openFleetReceipts } from "../src/state/open-fleet-receipts.ts";
import { addApp, beginRun } from "./support/apps.ts";
import { openTestDatabase } from "./support/open-test-database.ts";

const at = "2026-11-01T00:00:00.000Z";
const entry = (taskId: string): JournalEntry => ({
  state: "outcome",
  taskId,
  at,
  outcome: { status: "completed", result: {} },
});
const ids = (count: number) => new Uint8Array(count * 8).fill(count);
const completed = (count: number) =>
  ({
    version: 2,
    status: "completed",
    endedAt: at,
    types: { account: { type: "account", read: count, pushed: count, created: 0, updated: 0, duplicates: 0 } },
  }) as unknown as Receipt;
const hashes = (count: number) => ({ ids: new Map([["account", ids(count)]]), refs: new Map() });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let app: string;
beforeEach(async () => {
  database = await openTestDatabase();
  app = await addApp(database);
});
afterEach(() => database[Symbol.asyncDispose]());

const failure = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

test("after a newer run has begun, an older one writes nothing to the journal, and is told", async () => {
  const told: unknown[] = [];
  const older = await openFleetJournal(database.kysely, {
    ...(await beginRun(database, app, "tasks")),
    onStale: (error) => told.push(error),
  });
  await older.write(entry("t1"));
  const newer = await openFleetJournal(database.kysely, await beginRun(database, app, "tasks"));
  expect(newer.runner).toBe(older.runner);
  await newer.write(entry("t2"));
  const errors = await Promise.all([failure(older.write(entry("t1"))), failure(older.write(entry("t3")))]);
  expect(errors.map(isStaleGenerationError)).toEqual([true, true]);
  expect(told.length).toBeGreaterThan(0);
  expect(older.get("t3")).toBeUndefined();
  const next = await openFleetJournal(database.kysely, await beginRun(database, app, "tasks"));
  expect([...next.entries()].map(({ taskId }) => taskId)).toEqual(["t1", "t2"]);
});

test("a run that is older already when it opens the journal gets none", async () => {
  const older = await beginRun(database, app, "tasks");
  await beginRun(database, app, "tasks");
  expect(isStaleGenerationError(await failure(openFleetJournal(database.kysely, older)))).toBe(true);
});

test("syncs and tasks are fenced apart", async () => {
  const journal = await openFleetJournal(database.kysely, await beginRun(database, app, "tasks"));
  await beginRun(database, app, "sync");
  await journal.write(entry("t1"));
});

test("an older run writes no receipt and no hashes, and spoils none of the newer one", async () => {
  const older = openFleetReceipts(database.kysely, await beginRun(database, app, "sync"));
  const newer = openFleetReceipts(database.kysely, await beginRun(database, app, "sync"));
  await newer.write(completed(3), hashes(3));
  expect(isStaleGenerationError(await failure(older.write(completed(9), hashes(9))))).toBe(true);
  expect(isStaleGenerationError(await failure(older.write(completed(9))))).toBe(true);
  const last = (await newer.latest("completed"))!;
  expect(last.types["account"]?.read).toBe(3);
  for await (const chunk of newer.ids(last, "account")) expect(Buffer.from(chunk)).toEqual(Buffer.from(ids(3)));
});

test("a write that is not committed yet makes the next run wait, which then reads it", async () => {
  const run = await beginRun(database, app, "tasks");
  const begun = Promise.withResolvers<void>();
  const commit = Promise.withResolvers<void>();
  const writing = database.kysely.transaction().execute(async (transaction) => {
    const journal = await openFleetJournal(transaction, run);
    await journal.write(entry("t1"));
    begun.resolve();
    await commit.promise;
  });
  await begun.promise;
  const next = beginRun(database, app, "tasks").then((newer) => openFleetJournal(database.kysely, newer));
  await expect.poll(() => waiting()).toBe(1);
  commit.resolve();
  await writing;
  expect((await next).get("t1")).toEqual(entry("t1"));
});

async function waiting(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pg_stat_activity
    where wait_event_type = 'Lock' and datname = current_database()
  `.execute(database.kysely);
  return rows[0]!.count;
}

test("hashes of a run that was cut off are invisible, and go with the next receipt", async () => {
  const receipts = openFleetReceipts(database.kysely, await beginRun(database, app, "sync"));
  await receipts.write(completed(3), hashes(3));
  await sql`
    insert into fleet.receipt_hashes (app, stamp, slug, target, part, bytes)
    values (${app}, ${crypto.randomUUID()}, 'account', '', 0, ${Buffer.from(ids(7))})
  `.execute(database.kysely);
  for await (const chunk of receipts.ids((await receipts.latest("completed"))!, "account"))
    expect(Buffer.from(chunk)).toEqual(Buffer.from(ids(3)));
  await receipts.write(completed(2), hashes(2));
  expect(await database.kysely.selectFrom("receipt_hashes").select("bytes").execute()).toEqual([
    { bytes: Buffer.from(ids(2)) },
  ]);
});

test("missing hashes are an error that names app, list and sizes, and never a first run", async () => {
  const receipts = openFleetReceipts(database.kysely, await beginRun(database, app, "sync"));
  await receipts.write(completed(3), hashes(3));
  await database.kysely.deleteFrom("receipt_hashes").execute();
  const last = (await receipts.latest("completed"))!;
  await expect(receipts.ids(last, "account")[Symbol.asyncIterator]().next()).rejects.toThrow(
    `The receipt of ${app} can't be read: "account" has 0 bytes, 24 are due.`,
  );
});

test("concurrent writes to the journal share a statement", async () => {
  const journal = await openFleetJournal(database.kysely, await beginRun(database, app, "tasks"));
  const statements: string[] = [];
  const watched = database.kysely.withPlugin({
    transformQuery: ({ node }) => (statements.push(node.kind), node),
    transformResult: async ({ result }) => result,
  });
  const counted = await openFleetJournal(watched, await beginRun(database, app, "tasks"));
  await expect(journal.write(entry("older"))).rejects.toThrow();
  statements.length = 0;
  await Promise.all(Array.from({ length: 100 }, (_, n) => counted.write(entry(`t${n}`))));
  // The first one goes at once, and those that came meanwhile go together.
  expect(statements).toHaveLength(2);
});
