import pRetry from "p-retry";
import { sleep } from "./abort.ts";

export interface RetryOptions {
  /** Maximum number of retries. */
  retries?: number;
  /** Seconds before the first retry, with jitter; doubled for each further one. */
  minDelaySeconds?: number;
  maxDelaySeconds?: number;
  signal?: AbortSignal | undefined;
}

export interface RetryDecision {
  /** Minimum seconds to wait, if the other side asked for it. */
  retryAfterSeconds?: number | undefined;
}

/**
 * Calls until it succeeds. Throws the last error if `decide` returns undefined or the retries are used up. A Retry-After is
 * waited for in full before the usual backoff.
 */
export function retry<T>(
  call: () => Promise<T>,
  decide: (error: Error) => RetryDecision | undefined,
  { retries = 5, minDelaySeconds = 0.5, maxDelaySeconds = 30, signal }: RetryOptions = {},
): Promise<T> {
  return pRetry(call, {
    retries,
    minTimeout: minDelaySeconds * 1000,
    maxTimeout: maxDelaySeconds * 1000,
    randomize: true,
    ...(signal && { signal }),
    shouldRetry: ({ error }) => decide(error) !== undefined,
    async onFailedAttempt({ error, retriesLeft }) {
      const seconds = retriesLeft > 0 ? decide(error)?.retryAfterSeconds : undefined;
      if (seconds) await sleep(seconds, signal);
    },
  });
}
