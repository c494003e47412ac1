import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { fromKysely } from "pg-boss";
import type { RunKind } from "../database/tables.ts";
import type { DeletedApp, FleetApp, OpenedFleetApp, RunReport } from "../fleet-app.ts";
import { IS_SEEN } from "../apps/register-apps.ts";
import { orderTasks, TASK_PRIORITY } from "../queues/order-tasks.ts";
import { keepAppId, keepDeletion } from "../state/keep-app-id.ts";
import { openFleetJournal } from "../state/open-fleet-journal.ts";
import { openFleetReceipts } from "../state/open-fleet-receipts.ts";
import { beginRun, type Refusal } from "./begin-run.ts";
import type { TakenJob, WorkerContext } from "./context.ts";
import { endRun, type RunResult } from "./end-run.ts";
import type { LiveRun } from "./live-run.ts";

/** After how many seconds a job is tried again that can't begin here and now. */
const AGAIN_SECONDS = 5;
const LONGEST_PAUSE_MS = 5000;
const LONGEST_OPENING_SECONDS = 300;

type Opening = OpenedFleetApp | DeletedApp;

/** Carries out a job: begins the run of its app, runs it, and ends it. Throws only if the database can't be reached. */
export async function runJob(context: WorkerContext, kind: RunKind, job: TakenJob): Promise<void> {
  const app = context.apps.get(job.data.app);
  // Another version of the config may have it.
  const run = app === undefined ? "unknown" : await beginRun(context, kind, job);
  if (typeof run === "string" || app === undefined) {
    await handBack(context, { kind, job, refusal: run as Refusal });
    return;
  }
  const { heart, logger } = context;
  heart.runs.add(run);
  try {
    const result = await perform(context, app, run);
    run.isCounted = false;
    if (!(await persist(context, run, result)))
      logger.warn({ app: run.app, kind, generation: run.generation }, "a run ended after another had taken its place");
  } finally {
    heart.runs.delete(run);
  }
}

async function perform(context: WorkerContext, app: FleetApp, run: LiveRun): Promise<RunResult> {
  const report = await work(context, app, run).catch((error: unknown): RunReport => ({
    isGood: false,
    note: error instanceof Error ? error.message : String(error),
  }));
  if (run.signal.aborted) return { how: "stopped", note: (run.signal.reason as Error).message, next: (now) => now };
  const { schedule } = app;
  const { isGood, isFinal = false, note } = report;
  return {
    how: isGood ? "done" : "failed",
    note,
    next: schedule.next,
    schedule: schedule.text,
    isTriedAgain: !isGood && !isFinal,
  };
}

async function work({ database: { kysely } }: WorkerContext, app: FleetApp, run: LiveRun): Promise<RunReport> {
  const { signal, generation, kind } = run;
  const fenced = { app: run.app, generation, onStale: () => run.lose("a newer run has begun") };
  const fed = await kysely
    .selectFrom("apps")
    .select(["bridge_app_id", "deleted_at"])
    .where("id", "=", run.app)
    .executeTakeFirstOrThrow();
  const found = await within(signal, app.open(fed.bridge_app_id));
  if ("deleted" in found) {
    await keepDeletion(kysely, kind, fenced, fed.bridge_app_id);
    return { isGood: false, isFinal: true, note: found.deleted };
  }
  await using opened = found;
  await keepAppId(kysely, kind, fenced, { appId: opened.appId, fed });
  if (kind === "sync") return opened.sync({ receipts: openFleetReceipts(kysely, fenced), generation, signal });
  await using journal = await openFleetJournal(kysely, fenced);
  return opened.tasks({ journal, signal, killSignal: run.lossSignal });
}

/** A connector that never connects must neither keep the place of its app for ever nor a worker from draining. */
async function within(signal: AbortSignal, opening: Promise<Opening>): Promise<Opening> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const end = () => reject(signal.reason as Error);
  const timer = setTimeout(
    () => reject(new Error(`The app was not connected within ${LONGEST_OPENING_SECONDS} seconds.`)),
    LONGEST_OPENING_SECONDS * 1000,
  );
  signal.addEventListener("abort", end);
  try {
    signal.throwIfAborted();
    return await Promise.race([opening, late]);
  } catch (error) {
    // What connects after all must not stay open.
    opening.then(close).catch(() => {});
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}

async function close(found: Opening): Promise<void> {
  if (!("deleted" in found)) await found[Symbol.asyncDispose]();
}

/** Writes the end as soon as the database can be reached; until then the run counts as in progress. */
async function persist(context: WorkerContext, run: LiveRun, result: RunResult): Promise<boolean> {
  const tried = performance.now();
  for (let pause = 200; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await endRun(context, run, result);
    } catch (error) {
      // By then another has ended it.
      if (performance.now() - tried > context.timing.deadAfter * 4000) throw error;
      context.logger.warn(
        { app: run.app, error: (error as Error).message },
        "the end of a run could not be written yet",
      );
      await sleep(pause);
    }
  }
}

interface HandedBack {
  kind: RunKind;
  job: TakenJob;
  refusal: Refusal | "stopping";
}

/** Leaves a job that was not begun to others, a little later. */
export async function handBack(context: WorkerContext, { kind, job, refusal }: HandedBack): Promise<void> {
  const { database, boss } = context;
  const { app } = job.data;
  await database.kysely.transaction().execute(async (transaction) => {
    const db = fromKysely(transaction);
    const row = await transaction
      .selectFrom("apps")
      .select(["zone", IS_SEEN.as("is_seen")])
      .where("id", "=", app)
      .forUpdate()
      .executeTakeFirst();
    await boss.complete(job.name, job.id, { refusal }, { db });
    // The tasks of an app that no config has wait until one has it again.
    if (!row || refusal === "paused" || (kind === "tasks" && !row.is_seen)) return;
    const startAfter = refusal === "stopping" ? 0 : AGAIN_SECONDS;
    if (kind === "tasks")
      await orderTasks(boss, [{ app, zone: row.zone, priority: TASK_PRIORITY.usual }], { db, startAfter });
    else
      await sql`
        update fleet.apps
        set queued_at = null, due_since = coalesce(due_since, next_run_at),
          next_run_at = greatest(next_run_at, now() + ${startAfter}::float8 * interval '1 second')
        where id = ${app} and next_run_at is not null
      `.execute(transaction);
  });
}
