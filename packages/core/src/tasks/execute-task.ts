import type { Task, TaskFailure, TaskResult } from "@bridgekit/client";
import type { Connection } from "../connector/create-connection.ts";
import { abortAfter, untilAborted } from "../abort.ts";
import { describeMistake } from "../errors/describe-mistake.ts";
import { isTaskError } from "../errors/task-error.ts";
import { isUpstreamError } from "../errors/upstream-error.ts";
import { createUsage, runContext } from "../run-context.ts";
import type { Outcome } from "../journal/journal.ts";
import { traceTask } from "../telemetry/trace-task.ts";

export interface ExecuteOptions {
  interruptedAt?: Date | undefined;
  /** Seconds after which the handler is told to stop. */
  timeoutSeconds: number;
}

/** Calls the handler of the task's action. Never throws: whatever happens is an outcome. */
export function executeTask(connection: Connection, task: Task, options: ExecuteOptions): Promise<Outcome> {
  return traceTask({ connector: connection.connector, task }, () => execute(connection, task, options));
}

async function execute(
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
  // A handler that ignores its signal must not hold up the tasks behind it for ever.
  using grace = abortAfter(signal, Math.min(GRACE_SECONDS, timeoutSeconds));
  try {
    const context = { client, logger, signal, taskId: task.id, interruptedAt };
    const result = await untilAborted(
      runContext.run({ signal, work: "tasks", usage: createUsage() }, async () => handler(context, task.payload)),
      grace.signal,
    );
    return { status: "completed", result: checkResult(result ?? {}) };
  } catch (error) {
    const failure = signal.aborted ? timeoutFailure(task, timeoutSeconds) : toFailure(error, task.action);
    return { status: "failed", error: { ...failure, message: toMessage(redact(failure.message)) } };
  }
}

/** Refuses here what the Bridge would refuse: an outcome that can't be reported would hold up the tasks behind it. */
function checkResult(result: TaskResult): TaskResult {
  const id: unknown = result.account?.id;
  if (id !== undefined && (typeof id !== "string" || id === ""))
    throw new TypeError(
      `The task was carried out, but its result is wrong: account.id must be a string, got ${typeof id}.`,
    );
  const bytes = Buffer.byteLength(JSON.stringify(result));
  if (bytes > MAX_RESULT_BYTES)
    throw new TypeError(
      `The task was carried out, but its result has ${bytes} bytes; the protocol takes ${MAX_RESULT_BYTES}.`,
    );
  return result;
}

const MAX_RESULT_BYTES = 16 * 1024;

const GRACE_SECONDS = 5;
/** Longest message that the protocol takes. */
const MAX_MESSAGE = 8192;

/** A text that the Bridge takes: not empty, not too long, and nothing in it that a database refuses. */
function toMessage(text: string): string {
  const clean = text.replaceAll("\0", "").slice(0, MAX_MESSAGE).toWellFormed();
  return clean.trim() === "" ? "The connector failed without saying why." : clean;
}

function timeoutFailure(task: Task, timeoutSeconds: number): TaskFailure {
  return {
    code: "TIMEOUT",
    message: `${task.action} did not end within ${timeoutSeconds} seconds. Check in the system whether it was done.`,
  };
}

function toFailure(error: unknown, action: string): TaskFailure {
  const code = isTaskError(error) || isUpstreamError(error) ? error.code : "INTERNAL_ERROR";
  return { code, message: describeMistake(error, `handler of ${action}`) };
}
