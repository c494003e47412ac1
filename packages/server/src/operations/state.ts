import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/schema.ts";
import { isReadOnly } from "./readiness.ts";

/** The apps with their own series: those with the oldest completed sync. */
const MOST_APPS = 20;
const MOST_COUNTED = 10_000;

/** What an operator should hear of before users complain; ages in seconds. */
export interface State {
  /** Up to 10,000 in total. */
  sessions: { held: number; failed: number };
  /**
   * Since the last completed sync of an app, or since its creation; `null` for the oldest of the apps that are left
   * out.
   */
  syncAges: { appId: string | null; seconds: number }[];
  /** 0 if nothing is pending. */
  oldestPendingTask: number;
  /** 0 if nothing is left to delete. */
  oldestDeletion: number;
  /** Whether the database allows no changes. */
  isReadOnly: boolean;
}

/** Reads the state of all organisations; each statement reads a few rows at the head of an index. */
export async function readState(database: Kysely<Tables>, now: Date): Promise<State> {
  const ageOf = (at: Date) => Math.max(0, (now.getTime() - at.getTime()) / 1000);
  const { rows: sessions } = await sql<{ held: number; failed: number }>`
    select count(*) filter (where reconciliation = 'held')::int as held, count(*) filter (where reconciliation = 'failed')::int as failed
    from (
      select reconciliation from sync_sessions
      where (reconciliation is null or reconciliation in ('due', 'held', 'failed')) and reconciliation in ('held', 'failed')
      limit ${MOST_COUNTED}
    ) waiting
  `.execute(database);
  const { rows: apps } = await sql<{ id: string; at: Date }>`
    select id, coalesce(last_synced_at, created_at) as at from apps
    order by coalesce(last_synced_at, created_at), id limit ${MOST_APPS + 1}
  `.execute(database);
  const { rows: tasks } = await sql<{ at: Date }>`
    select execute_after as at from tasks where outcome is null order by execute_after limit 1
  `.execute(database);
  const { rows: deletions } = await sql<{ at: Date }>`
    select ordered_at as at from deletions order by ordered_at limit 1
  `.execute(database);
  const [task, deletion] = [tasks[0], deletions[0]];
  return {
    sessions: sessions[0] ?? { held: 0, failed: 0 },
    syncAges: apps.map(({ id, at }, index) => ({ appId: index < MOST_APPS ? id : null, seconds: ageOf(at) })),
    oldestPendingTask: task === undefined ? 0 : ageOf(task.at),
    oldestDeletion: deletion === undefined ? 0 : ageOf(deletion.at),
    isReadOnly: await isReadOnly(database),
  };
}
