import { sql } from "kysely";
import type { RunKind } from "../database/tables.ts";
import { queueOf } from "../queues/queues.ts";
import type { TakenJob, WorkerContext } from "./context.ts";
import { LiveRun } from "./live-run.ts";

/**
 * `busy`: another run of the kind is in progress. `paused`: a person or a crash keeps it from running. `moved`: it belongs to
 * another zone since it was queued.
 */
export type Refusal = "unknown" | "paused" | "busy" | "moved";

// Should its worker die or drain, the sync is due since then.
const BEGUN = {
  due_since: sql<Date>`coalesce(due_since, next_run_at)`,
  next_run_at: null,
  queued_at: null,
  sync_priority: 0,
};

/**
 * Begins a run with the next generation. The lock of the app's row decides between two workers; after it, what the older
 * one writes is refused.
 */
export function beginRun(
  { id: worker, database }: WorkerContext,
  kind: RunKind,
  job: TakenJob,
): Promise<LiveRun | Refusal> {
  const { app } = job.data;
  const column = kind === "sync" ? "sync_generation" : "tasks_generation";
  return database.kysely.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom("apps")
      .select(["zone", "paused_at", "parked_at", column])
      .where("id", "=", app)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return "unknown";
    if (row.paused_at !== null || row.parked_at !== null) {
      await transaction.updateTable("apps").set({ queued_at: null }).where("id", "=", app).execute();
      return "paused";
    }
    if (queueOf(kind, row.zone) !== job.name) return "moved";
    const running = transaction.selectFrom("runs").select("app").where("app", "=", app).where("kind", "=", kind);
    if (await running.where("ended_at", "is", null).executeTakeFirst()) return "busy";
    const generation = row[column] + 1;
    await transaction
      .updateTable("apps")
      .set({ [column]: generation, ...(kind === "sync" && BEGUN) })
      .where("id", "=", app)
      .execute();
    await sql`
      insert into fleet.runs (app, kind, generation, worker, job_id, queue, started_at, heartbeat_at)
      values (${app}, ${kind}, ${generation}, ${worker}, ${job.id}, ${job.name}, now(), now())
    `.execute(transaction);
    return new LiveRun({ app, kind, generation, job });
  });
}
