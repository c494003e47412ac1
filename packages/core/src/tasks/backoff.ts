/** How a task is retried after a temporary failure: a busy system, a timeout, a lost response. */
export interface TaskRetryOptions {
  /** Seconds after the first try within which the last one may begin. */
  budgetSeconds?: number;
  /** The longest pause before the first retry, in seconds; doubled for each further one. */
  minDelaySeconds?: number;
  maxDelaySeconds?: number;
}

interface Tries {
  /** Number of tries so far. */
  tries: number;
  elapsedSeconds: number;
  retryAfterSeconds?: number | undefined;
}

/**
 * Returns the seconds until the next try: the Retry-After of the system, plus exponential backoff with full jitter.
 * Undefined if that exceeds the budget.
 */
export function backoffSeconds(
  { tries, elapsedSeconds, retryAfterSeconds = 0 }: Tries,
  { budgetSeconds = 900, minDelaySeconds = 2, maxDelaySeconds = 120 }: TaskRetryOptions = {},
): number | undefined {
  const limit = Math.min(maxDelaySeconds, minDelaySeconds * 2 ** (tries - 1));
  const seconds = retryAfterSeconds + Math.random() * limit;
  return elapsedSeconds + seconds <= budgetSeconds ? seconds : undefined;
}
