import type { Task, TaskFailure, TaskReadBack, TaskResult } from "@bridgekit/client";
import { abortAfter, untilAborted } from "../../abort.ts";
import type { TaskContext } from "../../connector/connector.ts";
import type { Connection } from "../../connector/create-connection.ts";
import { createUsage, runContext } from "../../run-context.ts";
import type { Outcome } from "../../state/journal.ts";
import { traceTask } from "../../telemetry/trace-task.ts";
import { verifyTask } from "../verification/verify-task.ts";
import { checkResult } from "./check-result.ts";
import { readFailure, toMessage } from "./read-failure.ts";
import { refuseTask } from "./refuse-task.ts";

export interface ExecuteOptions {
  /** When an earlier execution of this task began. */
  interruptedAt?: Date | undefined;
  /** Seconds until the handler's signal aborts. */
  timeoutSeconds: number;
  /** Seconds until an account that is not yet in the requested state is read back once more. */
  verifyDelaySeconds: number;
  /** Aborts the handler: the grace period of a stop is over, or the lease has ended. */
  kill: AbortSignal;
  /** Seconds that a handler may take after its signal aborted. */
  graceSeconds: number;
  now: () => Date;
}

export type Execution =
  | { kind: "ended"; outcome: Outcome }
  /** A later try may succeed; `outcome` is reported if there is none. */
  | { kind: "retryable"; outcome: Outcome; retryAfterSeconds: number | undefined }
  /** Killed: whether anything was done is not known. */
  | { kind: "interrupted" };

/** Calls the handler of the task's action once and verifies the result. Never throws. */
export function executeTask(connection: Connection, task: Task, options: ExecuteOptions): Promise<Execution> {
  return traceTask({ connector: connection.connector, task }, () => execute(connection, task, options));
}

async function execute(connection: Connection, task: Task, options: ExecuteOptions): Promise<Execution> {
  const refusal = refuseTask(connection.connector, task, options.interruptedAt);
  if (refusal) return { kind: "ended", outcome: toFailed(refusal) };

  const { client, logger, redact, connector } = connection;
  const { timeoutSeconds, interruptedAt, kill, graceSeconds } = options;
  const isOnce = connector.once.includes(task.action);
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
  const signal = AbortSignal.any([timeout, kill]);
  // A handler that ignores its signal must not block the tasks behind it.
  using grace = abortAfter(signal, Math.min(graceSeconds, timeoutSeconds));
  const context: TaskContext<unknown> = { client, logger, signal, taskId: task.id, interruptedAt };
  const run = { signal, work: "tasks", usage: createUsage() } as const;
  try {
    const outcome = runContext.run(run, () => callHandler(connection, task, context, options));
    return { kind: "ended", outcome: await untilAborted(outcome, grace.signal) };
  } catch (error) {
    if (kill.aborted) return { kind: "interrupted" };
    if (signal.aborted) {
      const outcome = toFailed(timeoutFailure(task, timeoutSeconds));
      // A handler that is still running must not be called a second time.
      const isFinal = grace.signal.aborted || isOnce;
      return isFinal ? { kind: "ended", outcome } : { kind: "retryable", outcome, retryAfterSeconds: undefined };
    }
    const { code, message, isTemporary, retryAfterSeconds } = readFailure(error, task.action);
    const outcome = toFailed({ code, message: toMessage(redact(message)) });
    const isFinal = !isTemporary || isOnce;
    return isFinal ? { kind: "ended", outcome } : { kind: "retryable", outcome, retryAfterSeconds };
  }
}

async function callHandler(
  connection: Connection,
  task: Task,
  context: TaskContext<unknown>,
  { verifyDelaySeconds, now }: ExecuteOptions,
): Promise<Outcome> {
  const { connector, redact } = connection;
  const returned = (await connector.tasks[task.action]!(context, task.payload)) ?? {};
  const result = checkResult(returned, redact);
  const verification = await verifyTask(connection, withRealId(task, result), context, {
    delaySeconds: verifyDelaySeconds,
    now,
  });
  if (!verification) return { status: "completed", result };
  const { verified, mismatch } = verification;
  if (mismatch !== undefined)
    return { ...toFailed(mismatchFailure(connection, task, mismatch)), result: withVerified({}, verified) };
  return { status: "completed", result: withVerified(result, verified) };
}

/** The task with the id that a created account got. */
function withRealId(task: Task, { account }: TaskResult): Task {
  if (account?.id === undefined) return task;
  return { ...task, payload: { ...task.payload, account: { ...task.payload.account, id: account.id } } };
}

function withVerified(result: TaskResult, verified: TaskReadBack): TaskResult {
  try {
    const both = { ...result, verified };
    return checkResult(both, (text) => text);
  } catch {
    // Too long together: the handler's own result takes precedence.
    return result;
  }
}

function toFailed(error: TaskFailure): Outcome {
  return { status: "failed", error };
}

function mismatchFailure({ connector, redact }: Connection, { action }: Task, mismatch: string): TaskFailure {
  const message = `${connector.title} accepted ${action}, but ${mismatch}. Check there, and correct it by hand if it stays so.`;
  return { code: "INTERNAL_ERROR", message: toMessage(redact(message)) };
}

function timeoutFailure(task: Task, timeoutSeconds: number): TaskFailure {
  return {
    code: "TIMEOUT",
    message: `${task.action} did not end within ${timeoutSeconds} seconds. Check in the system whether it was done.`,
  };
}
