import type { TaskErrorCode } from "@bridgekit/client";

const marker = Symbol.for("bridgekit.UpstreamError");

/** The effect of a failed call on the system: none, unknown, or the intended one. */
export type Effect = "none" | "unknown" | "applied";

export interface UpstreamErrorOptions extends ErrorOptions {
  /** The code that a task reports if it fails because of this. */
  code: TaskErrorCode;
  /** The same call may succeed later. */
  isRetryable: boolean;
  effect: Effect;
  /** Seconds that the system asked to wait. */
  retryAfterSeconds?: number | undefined;
  /** HTTP status, if there was a response. */
  status?: number | undefined;
  /** The body of the error response, parsed if it is JSON. Never printed. */
  body?: unknown;
}

/** A call to the connected system failed. The message names the system and the call, and contains no secret. */
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
    // For the connector to read. Not enumerable, so that a logger or console.error does not print it.
    Object.defineProperty(this, "body", { value: options.body, enumerable: false });
  }

  /** Creates an error that a retry would not change, such as a success that is not a list. Its effect is `none` by default. */
  static final(message: string, options: Partial<UpstreamErrorOptions> = {}): UpstreamError {
    return new UpstreamError(message, { code: "INTERNAL_ERROR", isRetryable: false, effect: "none", ...options });
  }
}

/**
 * Recognises an `UpstreamError` of any copy of this package. With `kinds`, only one with one of these codes or HTTP
 * statuses.
 */
export function isUpstreamError(error: unknown, ...kinds: readonly (TaskErrorCode | number)[]): error is UpstreamError {
  if (!(error instanceof Error && marker in error)) return false;
  const { code, status } = error as UpstreamError;
  return kinds.length === 0 || kinds.includes(code) || (status !== undefined && kinds.includes(status));
}

type Kinds = readonly [TaskErrorCode | number, ...(TaskErrorCode | number)[]];

/**
 * Waits for a call; returns undefined if it fails with one of these codes or HTTP statuses.
 *
 * @example
 * const users = (await undefinedOn(client.users(), "PERMISSION_DENIED")) ?? [];
 */
export async function undefinedOn<Value>(call: Promise<Value>, ...kinds: Kinds): Promise<Value | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isUpstreamError(error, ...kinds)) return undefined;
    throw error;
  }
}

/**
 * Waits for a call; returns its error if it fails with one of these codes or HTTP statuses.
 *
 * @example
 * const refusal = await refusalOf(client.suspend(id), 409);
 * if (refusal && !(await client.isSuspended(id))) throw refusal;
 */
export async function refusalOf(call: Promise<unknown>, ...kinds: Kinds): Promise<UpstreamError | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (isUpstreamError(error, ...kinds)) return error;
    throw error;
  }
}
