import type { TaskErrorCode } from "@bridgekit/client";

const marker = Symbol.for("bridgekit.TaskError");

/**
 * A task can't be carried out, for a reason that an administrator will read. Thrown by a handler. RATE_LIMITED, TIMEOUT and
 * errors caused by a retryable `UpstreamError` are retried for a while; others are final.
 *
 * @example
 * throw new TaskError("LICENSE_EXHAUSTED", `No free "${license}" seat: 50 of 50 are in use.`, { cause: error });
 */
export class TaskError extends Error {
  override readonly name = "TaskError";
  readonly code: TaskErrorCode;
  readonly [marker] = true;

  constructor(code: TaskErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Recognises a `TaskError` of any copy of this package. */
export function isTaskError(error: unknown): error is TaskError {
  return error instanceof Error && marker in error;
}
