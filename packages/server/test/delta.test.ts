import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../src/database/open-database.ts";
import type { Tables } from "../src/database/schema.ts";
import { tuneReconciliation } from "../src/database/tune.ts";
import { createBridge } from "../src/index.ts";
import { type ReconciledSession, reconcileNext, type ReconciliationOptions } from "../src/sync/reconcile/reconcile.ts";
import { createApi } from "./support/api.ts";
import type { FreshDatabase } from "./support/database-places.ts";
import { createDatabase, DATABASES, silent } from "./support/open-bridge.ts";

const RECORDS = 5_000;
/** The changes of an earlier session, and as many staged records of another app: neither may be read. */
const BESIDE = 2_000;
const TEAMS = 50;
const PAGE = 100;

const account = (number: number, extra: object = {}) => ({
  id: `u${String(number).padStart(5, "0")}`,
  email: `u${number}@example.com`,
  memberships: { team: [{ id: `g${number % TEAMS}` }] },
  ...extra,
});
const pages = (count: number, extra: object = {}) =>
  Array.from(
    { length: count / PAGE },
    (_, page) => ["account", Array.from({ length: PAGE }, (_, place) => account(page * PAGE + place, extra))] as const,
  );

/** What a reconciliation has read, of all tables and their indexes. */
interface Cost {
  rows: number;
  blocks: number;
}

type Deltas = Record<string, readonly (readonly [slug: string, records: readonly object[]])[]>;
const DELTAS: Deltas = {
  "changes a record": [["account", [account(7, { first_name: "Ada" })]]],
  "changes nothing": [["account", [account(8, { first_name: "Changed" })]]],
  "creates an account in a new group": [["account", [account(RECORDS, { memberships: { team: [{ id: "new" }] } })]]],
  "names a group": [["team", [{ id: "g1", name: "One" }]]],
  "pushes a record in several parts": [
    ["account", [account(9)]],
    ["account", [account(10, { id: account(9).id, continues: true })]],
  ],
  "leaves refs as they are": [["account", [{ ...account(11), email: "x", memberships: {}, unknown_refs: ["team"] }]]],
};

describe.each(DATABASES)("a session that removes nothing, on %s", (kind) => {
  let fresh: FreshDatabase;
  let org: string;
  let app: string;

  beforeAll(async () => {
    fresh = await createDatabase(kind);
    await using bridge = await open();
    const api = await createApi(bridge);
    org = api.slug;
    app = await api.createApp({ guard: null });
    const other = await api.createApp();
    await api.sync(app, pages(RECORDS));
    await api.sync(app, pages(BESIDE, { first_name: "Changed" }), "abandon");
    const staged = await api.start(other);
    for (const [slug, records] of pages(BESIDE)) await api.push(other, staged, slug, records);
    await bridge.whenIndexed();
  });
  afterAll(() => fresh.drop());

  const open = () => createBridge({ database: fresh.database, logger: silent, rateLimit: null });

  /** Pushes a session and reconciles it while no Bridge runs. */
  async function reconcile(delta: Deltas[string]): Promise<Cost> {
    await push(delta);
    const database = await openDatabase(fresh.database, () => {});
    try {
      // The statistics know large sessions only.
      if (kind === "postgres") await sql`vacuum analyze`.execute(database.kysely);
      const { numUpdatedRows } = await database.kysely
        .updateTable("sync_sessions")
        .set({ status: "abandoned", reconciliation: "due", ended_at: new Date(), ended_sequence: 1_000 })
        .where("app_id", "=", app)
        .where("status", "=", "in_progress")
        .executeTakeFirst();
      expect(numUpdatedRows).toBe(1n);
      return await measure((options) => reconcileNext(database.kysely, app, options));
    } finally {
      await database.close();
    }
  }

  async function push(delta: Deltas[string]): Promise<void> {
    await using bridge = await open();
    const api = await createApi(bridge, { org });
    const syncId = await api.start(app);
    for (const [slug, records] of delta)
      expect(await api.push(app, syncId, slug, records)).toMatchObject({ status: 200 });
  }

  test.each(Object.keys(DELTAS))("reads no more than what it pushes if it %s", async (name) => {
    const { rows, blocks } = await reconcile(DELTAS[name]!);
    // The planner may read a small table completely.
    expect(rows).toBeLessThan(BESIDE / 2);
    expect(blocks).toBeLessThan(BESIDE / 2);
  });
});

/** Counts what the transaction of a reconciliation reads, from its first statement to the event of its end. */
async function measure(run: (options: ReconciliationOptions) => Promise<ReconciledSession | undefined>): Promise<Cost> {
  let before: Cost | undefined;
  let after: Cost | undefined;
  const reconciled = await run({
    now: () => new Date(),
    tuneReconciliation: async (transaction) => {
      await tuneReconciliation(transaction);
      before = await readCost(transaction);
    },
    events: {
      publish: async (transaction) => {
        after = await readCost(transaction);
        return 1;
      },
    },
  });
  expect(reconciled).toMatchObject({ outcome: "abandoned" });
  if (before === undefined || after === undefined) throw new Error("The reconciliation did not run to its end.");
  return { rows: after.rows - before.rows, blocks: after.blocks - before.blocks };
}

async function readCost(transaction: Kysely<Tables>): Promise<Cost> {
  const { rows } = await sql<Cost>`
    select sum(rows)::int as rows, sum(blocks)::int as blocks from (
      select seq_tup_read + coalesce(idx_tup_fetch, 0) as rows,
        pg_stat_get_xact_blocks_fetched(relid) + (
          select coalesce(sum(pg_stat_get_xact_blocks_fetched(indexrelid)), 0) from pg_index where indrelid = relid
        ) as blocks
      from pg_stat_xact_user_tables
    ) one
  `.execute(transaction);
  return rows[0]!;
}
