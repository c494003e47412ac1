import { type Kysely, type Selectable, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { isOfEachApp } from "../database/each-app.ts";
import type { Tables } from "../database/schema.ts";
import { MOST_COUNTED, toBounded } from "../http/bounded-count.ts";

type BoundedCount = components["schemas"]["BoundedCount"];

const MOST_SESSIONS = 30;

/** A session as the overview reads it, with its receipt only if that matters. */
export type RunRow = Pick<
  Selectable<Tables["sync_sessions"]>,
  | "id"
  | "app_id"
  | "status"
  | "reconciliation"
  | "started_at"
  | "ended_at"
  | "expires_at"
  | "discarded_by"
  | "error"
  | "counts"
>;

/** The last and the first of the incomplete full reads since the last complete one. */
export interface PartialRow {
  app_id: string;
  since: Date;
  id: string;
}

/** What the receipt of a session says about its run. */
export interface ReceiptRow {
  id: string;
  status: string | null;
  missing: string | null;
  code: string | null;
  message: string | null;
}

/** The last sessions of each app, newest first. */
export async function readRuns(database: Kysely<Tables>, appIds: readonly string[]): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`
    select session.id, session.app_id, session.status, session.reconciliation, session.started_at, session.ended_at,
      session.expires_at, session.discarded_by, session.error, session.counts
    from unnest(${[...appIds]}::uuid[]) app (id)
    cross join lateral (
      select id, app_id, sequence, status, reconciliation, started_at, coalesce(ended_at, reconciled_at) as ended_at,
        expires_at, discarded_by, error, counts
      from sync_sessions where ${isOfEachApp} order by app_id desc, sequence desc limit ${MOST_SESSIONS}
    ) session
    order by app.id, session.sequence desc
  `.execute(database);
  return rows;
}

/** Since when the full reads of each app have been incomplete; no row for an app whose last one was complete. */
export async function readPartials(database: Kysely<Tables>, appIds: readonly string[]): Promise<PartialRow[]> {
  const { rows } = await sql<PartialRow>`
    select app.id as app_id, first.ended_at as since, last.id
    from unnest(${[...appIds]}::uuid[]) app (id) ${partialsOf("app.id")}
  `.execute(database);
  return rows;
}

/** Joins the `first` and the `last` of an app's incomplete full reads since its last complete one. */
export function partialsOf(appId: "app.id") {
  const isPartial = sql`status = 'abandoned' and reconciliation <> 'dropped'
    and coalesce(receipt ->> 'mode', 'full') <> 'changes'`;
  // Most apps have no incomplete read. What else is looked up depends on the last one, so it is not looked up of them.
  return sql`
    cross join lateral (
      select id, app_id from sync_sessions
      where app_id = ${sql.ref(appId)} and ${isPartial} order by sequence desc limit 1
    ) last
    left join lateral (
      select sequence from sync_sessions
      where app_id = last.app_id and status = 'completed' order by sequence desc limit 1
    ) complete on true
    cross join lateral (
      select ended_at from sync_sessions
      where app_id = last.app_id and ${isPartial} and sequence > coalesce(complete.sequence, 0) order by sequence limit 1
    ) first`;
}

export async function readReceipts(database: Kysely<Tables>, syncIds: readonly string[]): Promise<ReceiptRow[]> {
  const { rows } = await sql<ReceiptRow>`
    select id, receipt ->> 'status' as status, receipt -> 'missing' ->> 0 as missing,
      receipt -> 'error' ->> 'code' as code, receipt -> 'error' ->> 'message' as message
    from sync_sessions where id = any(${[...syncIds]}::uuid[]) and receipt is not null
  `.execute(database);
  return rows;
}

/** The active accounts of each app whose accounts are counted. */
export async function readAccountCounts(
  database: Kysely<Tables>,
  appIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await database
    .selectFrom("record_counts")
    .select(["app_id", sql<number>`sum(active)::int`.as("active")])
    .where((row) => row("app_id", "=", row.fn.any(row.val([...appIds]))))
    .groupBy("app_id")
    .execute();
  return new Map(rows.map(({ app_id, active }) => [app_id, active]));
}

export interface TaskCounts {
  app_id: string;
  open: BoundedCount;
  failed: BoundedCount;
}

/** The number of open tasks of each app, and of failed ones that nobody has acted on. */
export async function readTaskCounts(database: Kysely<Tables>, appIds: readonly string[]): Promise<TaskCounts[]> {
  const { rows } = await sql<{ app_id: string; open: number; failed: number }>`
    select app.id as app_id,
      (select count(*)::int from (
        select from tasks where ${isOfEachApp} and outcome is null limit ${MOST_COUNTED + 1}
      ) task) as open,
      (select count(*)::int from (
        select from tasks where app_id = app.id and ${isUnresolved} limit ${MOST_COUNTED + 1}
      ) task) as failed
    from unnest(${[...appIds]}::uuid[]) app (id)
  `.execute(database);
  return rows.map(({ app_id, open, failed }) => ({ app_id, open: toBounded(open), failed: toBounded(failed) }));
}

/** Failed, and neither cancelled nor retried; the condition of the index `tasks_unresolved`. */
export const isUnresolved = sql<boolean>`outcome = 'failed' and cancelled_at is null and retried_at is null`;

/** What the runners of apps reported last. */
export async function readRunners(
  database: Kysely<Tables>,
  appIds: readonly string[],
): Promise<Map<string, components["schemas"]["AppRunner"]>> {
  const rows = await database
    .selectFrom("app_runners")
    .selectAll()
    .where((row) => row("app_id", "=", row.fn.any(row.val([...appIds]))))
    .execute();
  return new Map(
    rows.map(({ app_id, report, reported_at, ordered }) => [
      app_id,
      { takes_orders: false, ...report, ordered: ordered?.order ?? null, reported_at: reported_at.toISOString() },
    ]),
  );
}
