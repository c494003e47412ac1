import type { Task } from "@bridgekit/client";
import type { JournalEntry, Outcome } from "../../state/journal.ts";
import type { AccountIds } from "../account-ids.ts";
import { backoffSeconds } from "../backoff.ts";
import { LEASE_RESERVE } from "../leases.ts";
import type { TaskRunSettings } from "../task-run-options.ts";
import type { TaskSource } from "../task-source.ts";
import type { TasksInFlight } from "../tasks-in-flight.ts";
import { beginTask, type Begun } from "./begin-task.ts";
import { executeTask, type Execution } from "./execute-task.ts";

export interface AttemptTools {
  accountIds: AccountIds;
  source: TaskSource;
  inFlight: TasksInFlight;
  /** Limits how many tasks are executed at a time. */
  queue: { add<Result>(run: () => Promise<Result>): Promise<Result> };
  /** Aborts when nothing new may begin. A task that backs off is released then. */
  stop: AbortSignal;
  /** Aborts when running handlers are no longer waited for. */
  kill: AbortSignal;
}

export type Attempt =
  | { kind: "ended"; outcome: Outcome; begunAt: string | undefined }
  /**
   * Ended without an outcome. `isFree`: no handler is running and the next runner will know that the task was begun, so
   * the Bridge may hand it out at once.
   */
  | { kind: "interrupted"; isFree: boolean };

const GRACE_SECONDS = 5;

/** Executes a task until it ends, its failure is final, or the retry budget is used up. `known`: its journal entry. */
export async function attemptTask(
  task: Task,
  known: JournalEntry | undefined,
  settings: TaskRunSettings,
  tools: AttemptTools,
): Promise<Attempt> {
  const { queue, inFlight, stop, source } = tools;
  const { logger } = settings.connection;
  const start = performance.now();
  let begun: Begun | undefined;
  for (let tries = 1; ; tries++) {
    const execution = await queue.add(async (): Promise<Execution | undefined> => {
      if (stop.aborted || !source.leases.isHeld(task.id)) return undefined;
      if (begun) return execute({ ...begun, interruptedAt: begun.at }, settings, tools);
      const beginning = await beginUnlessStopped(task, known, settings, tools);
      if (beginning.kind === "lost") return undefined;
      if (beginning.kind === "refused") return { kind: "ended", outcome: beginning.outcome };
      begun = beginning;
      return execute(begun, settings, tools);
    });
    if (!execution) return { kind: "interrupted", isFree: begun ? source.keepsBegun : known === undefined };
    if (execution.kind === "ended") return { ...execution, begunAt: begun?.at };
    if (execution.kind === "interrupted") {
      if (!source.leases.isHeld(task.id)) warnOfLease(task, settings);
      return { ...execution, isFree: false };
    }
    const { outcome, retryAfterSeconds } = execution;
    const elapsedSeconds = (performance.now() - start) / 1000;
    const seconds = backoffSeconds({ tries, elapsedSeconds, retryAfterSeconds }, settings.taskRetry);
    if (seconds === undefined)
      return { kind: "ended", outcome: withTries(outcome, tries, retryAfterSeconds), begunAt: begun?.at };
    const fields = { taskId: task.id, action: task.action, attempt: tries, seconds, error: outcome.error?.message };
    logger.warn(fields, "a task failed for now; trying it again");
    if (!(await inFlight.backOff(seconds, stop))) return { kind: "interrupted", isFree: source.keepsBegun };
  }
}

async function beginUnlessStopped(
  task: Task,
  known: JournalEntry | undefined,
  settings: TaskRunSettings,
  tools: AttemptTools,
) {
  try {
    return await beginTask(task, known, settings, tools);
  } catch (error) {
    if (tools.stop.aborted) return { kind: "lost" } as const;
    throw error;
  }
}

function execute(
  { task, interruptedAt }: Begun,
  { connection, taskTimeoutSeconds, verifyDelaySeconds, leaseSeconds, now }: TaskRunSettings,
  { source, kill }: AttemptTools,
): Promise<Execution> {
  const leaseEnd = source.leases.signalOf(task.id);
  return executeTask(connection, task, {
    interruptedAt: interruptedAt === undefined ? undefined : new Date(interruptedAt),
    timeoutSeconds: taskTimeoutSeconds,
    verifyDelaySeconds,
    now,
    kill: leaseEnd ? AbortSignal.any([kill, leaseEnd]) : kill,
    graceSeconds: Math.min(GRACE_SECONDS, leaseSeconds * LEASE_RESERVE),
  });
}

function warnOfLease({ id, action }: Task, { appId, connection }: TaskRunSettings): void {
  const what = "the lease of a task could not be renewed; its handler was stopped, and the next runner will know";
  connection.logger.warn({ appId, taskId: id, action }, what);
}

/** The outcome of a task whose retry budget is used up. */
function withTries({ status, error }: Outcome, tries: number, retryAfterSeconds: number | undefined): Outcome {
  const asked = retryAfterSeconds ? `, and the system asks to wait ${retryAfterSeconds} seconds` : "";
  const times = tries === 1 ? "once" : `${tries} times`;
  const message = `${error?.message ?? ""} (tried ${times}${asked})`;
  return { status, error: { code: error?.code ?? "INTERNAL_ERROR", message: message.slice(0, 8192).toWellFormed() } };
}
