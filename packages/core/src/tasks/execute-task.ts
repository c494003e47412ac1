import type { Task, TaskFailure, TaskResult } from "@bridgekit/client";
import { abortAfter, untilAborted } from "../abort.ts";
import type { TaskContext } from "../connector/connector.ts";
import type { Connection } from "../connector/create-connection.ts";
import type { Outcome } from "../journal/journal.ts";
import { traceTask } from "../telemetry/trace-task.ts";
import { createUsage, runContext } from "../run-context.ts";
import { readFailure, toMessage } from "./task-failure.ts";
import { checkResult } from "./task-result.ts";
import { refuseTask } from "./refuse-task.ts";
import { verifyTask } from "./verify-task.ts";

export interface ExecuteOptions {
  /** When this task was begun, if it was before. */
  interruptedAt?: Date | undefined;
  /** Seconds after which the handler is told to stop. */
  timeoutSeconds: number;
  /** Seconds between two looks at an account that is not yet as it was asked for. */
  verifyDelaySeconds: number;
  /** Aborts when the task is waited for no longer: a run that is to stop, a lease that ends. */
  stop: AbortSignal;
  /** Seconds for which a handler that was told to stop is still waited for. */
  graceSeconds: number;
}

/** How an execution ended. */
export type Execution =
  | { kind: "ended"; outcome: Outcome }
  /** It may succeed later; `outcome` is what to report if it is not tried again. */
  | { kind: "passing"; outcome: Outcome; retryAfterSeconds: number | undefined }
  /** By a stop: nobody knows how far it came. */
  | { kind: "cut off" };

/** Calls the handler of the task's action once, and reads back what it did. Never throws. */
export function executeTask(connection: Connection, task: Task, options: ExecuteOptions): Promise<Execution> {
  return traceTask({ connector: connection.connector, task }, () => execute(connection, task, options));
}

async function execute(connection: Connection, task: Task, options: ExecuteOptions): Promise<Execution> {
  const refusal = refuseTask(connection.connector, task, options.interruptedAt);
  if (refusal) return { kind: "ended", outcome: toFailed(refusal) };

  const { client, logger, redact } = connection;
  const { timeoutSeconds, interruptedAt, stop, graceSeconds } = options;
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
  const signal = AbortSignal.any([timeout, stop]);
  // A handler that ignores its signal must not hold up the tasks behind it for ever.
  using grace = abortAfter(signal, Math.min(graceSeconds, timeoutSeconds));
  const context: TaskContext<unknown> = { client, logger, signal, taskId: task.id, interruptedAt };
  try {
    const result = await untilAborted(
      runContext.run({ signal, work: "tasks", usage: createUsage() }, () =>
        carryOut(connection, task, context, options),
      ),
      grace.signal,
    );
    return { kind: "ended", outcome: result };
  } catch (error) {
    if (stop.aborted) return { kind: "cut off" };
    if (signal.aborted) {
      const outcome = toFailed(timeoutFailure(task, timeoutSeconds));
      // It may still be at work, and must not be called a second time beside itself.
      if (grace.signal.aborted) return { kind: "ended", outcome };
      return isOnce(connection, task)
        ? { kind: "ended", outcome }
        : { kind: "passing", outcome, retryAfterSeconds: undefined };
    }
    const { code, message, isPassing, retryAfterSeconds } = readFailure(error, task.action);
    const outcome = toFailed({ code, message: toMessage(redact(message)) });
    return isPassing && !isOnce(connection, task)
      ? { kind: "passing", outcome, retryAfterSeconds }
      : { kind: "ended", outcome };
  }
}

async function carryOut(
  connection: Connection,
  task: Task,
  context: TaskContext<unknown>,
  { verifyDelaySeconds }: ExecuteOptions,
): Promise<Outcome> {
  const { connector, redact } = connection;
  const answer = (await connector.tasks[task.action]!(context, task.payload)) ?? {};
  const result = checkResult(answer, redact);
  const verification = await verifyTask(connection, toVerified(task, result), context, verifyDelaySeconds);
  if (!verification) return { status: "completed", result };
  const { verified, mismatch } = verification;
  if (mismatch !== undefined) return toFailed(mismatchFailure(connection, task, mismatch));
  return { status: "completed", result: withVerified(result, verified) };
}

/** The task as it stands after it was carried out: a created account has its real id. */
function toVerified(task: Task, { account }: TaskResult): Task {
  if (account?.id === undefined) return task;
  return { ...task, payload: { ...task.payload, account: { ...task.payload.account, id: account.id } } };
}

function withVerified(result: TaskResult, verified: object): TaskResult {
  try {
    const both = { ...result, verified };
    return checkResult(both, (text) => text);
  } catch {
    // No room is left for it; what the handler tells comes first.
    return result;
  }
}

function isOnce({ connector }: Connection, { action }: Task): boolean {
  return connector.once.includes(action);
}

function toFailed(error: TaskFailure): Outcome {
  return { status: "failed", error };
}

function mismatchFailure({ connector, redact }: Connection, { action }: Task, mismatch: string): TaskFailure {
  const message = `${connector.title} accepted ${action}, but ${mismatch}. Look there, and set it right by hand if it stays so.`;
  return { code: "INTERNAL_ERROR", message: toMessage(redact(message)) };
}

function timeoutFailure(task: Task, timeoutSeconds: number): TaskFailure {
  return {
    code: "TIMEOUT",
    message: `${task.action} did not end within ${timeoutSeconds} seconds. Check in the system whether it was done.`,
  };
}
