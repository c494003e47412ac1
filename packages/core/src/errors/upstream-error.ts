import type { TaskErrorCode } from "@bridgekit/client";

const marker = Symbol.for("bridgekit.UpstreamError");

/** What a failed call did to the system: nothing, nobody knows, or what it was meant to do. */
export type Effect = "none" | "unknown" | "applied";

export interface UpstreamErrorOptions extends ErrorOptions {
  /** What a task that dies of this is reported with. */
  code: TaskErrorCode;
  /** The same call may succeed later. */
  isRetryable: boolean;
  effect: Effect;
  /** Seconds that the system asked to wait. */
  retryAfterSeconds?: number | undefined;
  /** HTTP status, where there was an answer. */
  status?: number | undefined;
  /** The body of the error answer, parsed where it is JSON. Never printed. */
  body?: unknown;
}

/** A call to the connected system failed. The message names the system and the call, and no secret. */
export class UpstreamError extends Error {
  override readonly name = "UpstreamError";
  readonly code: TaskErrorCode;
  readonly isRetryable: boolean;
  readonly effect: Effect;
  readonly retryAfterSeconds: number | undefined;
  readonly status: number | undefined;
  declare readonly body: unknown;
  readonly [marker] = true;

  constructor(message: string, options: UpstreamErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.isRetryable = options.isRetryable;
    this.effect = options.effect;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.status = options.status;
    // Kept for the connector's own mapping, out of what a logger or console.error prints.
    Object.defineProperty(this, "body", { value: options.body, enumerable: false });
  }
}

/** Recognises an `UpstreamError` of any copy of this package. */
export function isUpstreamError(error: unknown): error is UpstreamError {
  return error instanceof Error && marker in error;
}
