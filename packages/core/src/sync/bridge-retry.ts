import { isApiError } from "@bridgekit/client";
import { retry, type RetryDecision, type RetryOptions } from "../retry.ts";

/**
 * Calls the Bridge, and again where it was out of reach, busy or restarting. Only for calls that may be sent twice:
 * every page, end and report may.
 */
export function callBridge<T>(call: () => Promise<T>, options: RetryOptions): Promise<T> {
  return retry(() => call().catch(throwAsError), decide, options);
}

/** A failure that says nothing about the request itself. */
export function isBridgeUnavailable(error: unknown): boolean {
  if (!isApiError(error)) return !(error instanceof Error && error.name === "AbortError");
  return error.status === 429 || error.status === 408 || error.status >= 500;
}

function decide(error: Error): RetryDecision | undefined {
  if (!isBridgeUnavailable(error)) return undefined;
  return { retryAfterSeconds: isApiError(error) ? error.retryAfterSeconds : undefined };
}

// The retry library takes a TypeError for a bug in the caller; for fetch it means that there was no (whole) answer.
function throwAsError(error: unknown): never {
  if (error instanceof TypeError) throw new Error(reasonOf(error), { cause: error });
  throw error;
}

function reasonOf(error: TypeError): string {
  let cause: unknown = error;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) cause = cause.errors[0];
  return cause instanceof Error && cause.message ? cause.message : error.message;
}
