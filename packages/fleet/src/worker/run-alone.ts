import { hostname } from "node:os";
import { sql } from "kysely";
import { endDeadRuns } from "../tick/end-dead-runs.ts";
import type { AloneJob, WorkerContext } from "./context.ts";
import { handBack, runJob } from "./run-job.ts";
import { openContext, type WorkerOptions } from "./open-context.ts";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Runs one job of a worker in this process, for an app whose worker died: if it crashes its process again, no other app is
 * hurt.
 */
export async function runAlone(
  options: Omit<WorkerOptions, "capacity" | "zones" | "isolate">,
  { worker: id, kind, job }: AloneJob,
  signal: AbortSignal,
): Promise<void> {
  const worker = { id, host: hostname(), pid: process.pid, capacity: 0, zones: [] };
  const { context, close } = await openContext(options, worker);
  const { heart, timing } = context;
  await heart.beat();
  const beating = setInterval(() => void heart.beat(), timing.heartbeat * 1000);
  const stop = () => heart.runs.forEach((run) => run.stop());
  signal.addEventListener("abort", stop);
  try {
    await runJob(context, kind, job);
  } finally {
    clearInterval(beating);
    signal.removeEventListener("abort", stop);
    await close();
  }
}

/** Has a job carried out in a process of its own, and sees to it if that process dies. */
export async function isolateJob(context: WorkerContext, { kind, job }: Pick<AloneJob, "kind" | "job">): Promise<void> {
  const { boss, database, logger, isolate, aborting } = context;
  if (!isolate) throw new Error("This worker has no way to isolate a job.");
  const worker = `${context.id}-${job.id.slice(0, 8)}`;
  await isolate({ worker, kind, job: { id: job.id, name: job.name, data: job.data } }, aborting);
  for (;;) {
    try {
      await endDeadRuns(database.kysely, { boss, logger, deadAfter: 0, worker });
      const { rows } = await sql`select 1 from fleet.runs where worker = ${worker} limit 1`.execute(database.kysely);
      if (rows.length === 0) await handBack(context, { kind, job, refusal: "busy" });
      await database.kysely.deleteFrom("workers").where("id", "=", worker).execute();
      return;
    } catch (error) {
      logger.warn({ error: (error as Error).message }, "the end of an isolated run could not be written yet");
      await sleep(1000);
    }
  }
}
