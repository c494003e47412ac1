import { isApiError, isUnreachableError } from "@bridgekit/client";
import { retry, type RetryDecision, type RetryOptions } from "./retry.ts";

/**
 * Calls the Bridge, with retries while it is unreachable, busy or restarting. Only for calls that may be sent twice, as
 * every page, end and report may. `onBusy` is called for each response that shows an overloaded Bridge.
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

/** Whether the Bridge is overloaded: 429 or 5xx. */
function isBusy(error: unknown): boolean {
  return isApiError(error) && (error.status === 429 || error.status >= 500);
}

// A Bridge that asks for a longer pause will not be back during this run.
const LONGEST_RETRY_AFTER_SECONDS = 300;

/** Retries failures that are not caused by the request itself. */
function decide(error: Error): RetryDecision | undefined {
  if (isUnreachableError(error)) return {};
  if (!isApiError(error)) return undefined;
  const isPassing = error.status === 429 || error.status === 408 || error.status >= 500;
  if ((error.retryAfterSeconds ?? 0) > LONGEST_RETRY_AFTER_SECONDS) return undefined;
  return isPassing ? { retryAfterSeconds: error.retryAfterSeconds } : undefined;
}
