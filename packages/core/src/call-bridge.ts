import { isApiError, isUnreachableError } from "@bridgekit/client";
import { retry, type RetryDecision, type RetryOptions } from "./retry.ts";

/**
 * Calls the Bridge, and again where it was out of reach, busy or restarting. Only for calls that may be sent twice:
 * every page, end and report may. `onBusy` hears each time that the Bridge was asked too much.
 */
export function callBridge<T>(call: () => Promise<T>, options: RetryOptions, onBusy?: () => void): Promise<T> {
  const attempt = async () => {
    try {
      return await call();
    } catch (error) {
      if (isBusy(error)) onBusy?.();
      throw error;
    }
  };
  return retry(onBusy ? attempt : call, decide, options);
}

/** It says itself that it gets too much, or breaks under it. */
function isBusy(error: unknown): boolean {
  return isApiError(error) && (error.status === 429 || error.status >= 500);
}

// Whoever asks for more is not coming back during this run.
const LONGEST_RETRY_AFTER_SECONDS = 300;

/** Retries a failure that says nothing about the request itself. */
function decide(error: Error): RetryDecision | undefined {
  if (isUnreachableError(error)) return {};
  if (!isApiError(error)) return undefined;
  const isPassing = error.status === 429 || error.status === 408 || error.status >= 500;
  if ((error.retryAfterSeconds ?? 0) > LONGEST_RETRY_AFTER_SECONDS) return undefined;
  return isPassing ? { retryAfterSeconds: error.retryAfterSeconds } : undefined;
}
