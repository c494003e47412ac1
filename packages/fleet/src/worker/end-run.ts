import { nextTry } from "@bridgekit/core/run";
import { type Kysely, sql } from "kysely";
import { fromKysely } from "pg-boss";
import type { RunEnd, RunKind, Tables } from "../database/tables.ts";
import type { WorkerContext } from "./context.ts";
import type { LiveRun } from "./live-run.ts";

/** Ended runs that each app keeps, of each kind. */
const KEPT_RUNS = 20;
const LONGEST_NOTE = 1000;

export interface RunResult {
  how: Exclude<RunEnd, "crashed">;
  note: string;
  /** When the next sync starts, by the clock of the database: that of a worker may be wrong. */
  next: (endedAt: Date) => Date;
  /** The schedule by which it does, if not that of the row: another version of the config may have registered the app since. */
  schedule?: string;
  /** Whether it is tried again before that. */
  isTriedAgain?: boolean;
}

/** Ends a run and its job, and plans the next sync. Returns false if the run had been ended for us. */
export function endRun({ database, boss }: WorkerContext, run: LiveRun, result: RunResult): Promise<boolean> {
  const { app, kind, generation, job } = run;
  const note = result.note.slice(0, LONGEST_NOTE);
  return database.kysely.transaction().execute(async (transaction) => {
    // The row of the app first, as everywhere: in another order two transactions would wait for each other.
    const locked = sql<{ now: Date }>`select now() as now from fleet.apps where id = ${app} for update`;
    const endedAt = (await locked.execute(transaction)).rows[0]?.now;
    if (!endedAt) return false;
    const { rows } = await sql`
      update fleet.runs set ended_at = now(), ended_how = ${result.how}, note = ${note}
      where app = ${app} and kind = ${kind} and generation = ${generation} and ended_at is null
      returning 1
    `.execute(transaction);
    if (rows.length === 0) return false;
    if (kind === "sync") {
      const failures = result.isTriedAgain ? await countFailures(transaction, app) : 0;
      await sql`
        update fleet.apps set
          next_run_at = ${nextTry(result.next(endedAt), { endedAt, failures })}::timestamptz, queued_at = null,
          schedule = coalesce(${result.schedule ?? null}::text, schedule),
          due_since = case when ${result.how === "stopped"}::boolean then due_since end,
          last_sync_at = now(), last_sync_end = ${result.how}, last_sync_note = ${note},
          last_success_at = case when ${result.how === "done"}::boolean then now() else last_success_at end
        where id = ${app}
      `.execute(transaction);
    }
    // What ended by itself has not crashed its worker. Of the other kind that says nothing.
    const tries = triesOf(kind);
    if (result.how !== "stopped")
      await transaction
        .updateTable("apps")
        .set({ [tries]: 0 })
        .where("id", "=", app)
        .where(tries, ">", 0)
        .execute();
    await sql`
      delete from fleet.runs
      where app = ${app} and kind = ${kind} and generation <= ${generation - KEPT_RUNS} and ended_at is not null
    `.execute(transaction);
    await boss.complete(job.name, job.id, {}, { db: fromKysely(transaction) });
    return true;
  });
}

/** The column that counts how often in a row a worker died during such a run. */
export function triesOf(kind: RunKind): "tries" | "tasks_tries" {
  return kind === "sync" ? "tries" : "tasks_tries";
}

/** The syncs that failed since the last good one, as far as runs are kept. */
async function countFailures(database: Kysely<Tables>, app: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from fleet.runs
    where app = ${app} and kind = 'sync' and ended_how = 'failed' and generation > coalesce(
      (select max(generation) from fleet.runs where app = ${app} and kind = 'sync' and ended_how = 'done'), 0)
  `.execute(database);
  return rows[0]?.count ?? 0;
}
