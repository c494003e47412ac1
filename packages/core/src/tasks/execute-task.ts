import type { Task, TaskFailure } from "@bridgekit/client";
import type { Connection } from "../connector/create-connection.ts";
import { isTaskError } from "../errors/task-error.ts";
import { isUpstreamError } from "../errors/upstream-error.ts";
import { runSignal } from "../run-signal.ts";
import type { Outcome } from "../journal/journal.ts";

export interface ExecuteOptions {
  interruptedAt?: Date | undefined;
  /** Seconds after which the handler is told to stop. */
  timeoutSeconds: number;
}

/** Calls the handler of the task's action. Never throws: whatever happens is an outcome. */
export async function executeTask(
  connection: Connection,
  task: Task,
  { interruptedAt, timeoutSeconds }: ExecuteOptions,
): Promise<Outcome> {
  const { connector, client, logger, redact } = connection;
  // An own property only: the action comes from outside, and "constructor" is no handler.
  const handler = Object.hasOwn(connector.tasks, task.action) ? connector.tasks[task.action] : undefined;
  if (!handler)
    return {
      status: "failed",
      error: {
        code: "INTERNAL_ERROR",
        message:
          `The connector for ${connector.title} does not offer ${task.action}; ` +
          `it offers ${Object.keys(connector.tasks).join(", ") || "no action"}. Do it in the system itself.`,
      },
    };

  const signal = AbortSignal.timeout(timeoutSeconds * 1000);
  try {
    const context = { client, logger, signal, taskId: task.id, interruptedAt };
    const result = await runSignal.run(signal, () => handler(context, task.payload));
    return { status: "completed", result: result ?? {} };
  } catch (error) {
    const failure = signal.aborted ? timeoutFailure(task, timeoutSeconds) : toFailure(error);
    return { status: "failed", error: { ...failure, message: redact(failure.message).slice(0, MAX_MESSAGE) } };
  }
}

/** Longest message that the protocol takes. */
const MAX_MESSAGE = 8192;

function timeoutFailure(task: Task, timeoutSeconds: number): TaskFailure {
  return {
    code: "TIMEOUT",
    message: `${task.action} did not end within ${timeoutSeconds} seconds. Check in the system whether it was done.`,
  };
}

function toFailure(error: unknown): TaskFailure {
  if (isTaskError(error) || isUpstreamError(error)) return { code: error.code, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  return { code: "INTERNAL_ERROR", message: message || "The connector failed without saying why." };
}
