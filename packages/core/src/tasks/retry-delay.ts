/** How a task is tried again whose failure may pass: busy system, timeout, lost answer. */
export interface TaskRetryOptions {
  /** Seconds after the first try in which the last one may begin. */
  budgetSeconds?: number;
  /** The longest pause before the first retry, in seconds; doubled for each further one. */
  minDelaySeconds?: number;
  maxDelaySeconds?: number;
}

/**
 * Seconds until the next try: any time up to a limit that doubles (full jitter), after what the system asked to wait.
 * Undefined where that is outside of the budget.
 */
export function retryDelay(
  { attempt, elapsedSeconds, retryAfterSeconds = 0 }: RetryState,
  { budgetSeconds = 900, minDelaySeconds = 2, maxDelaySeconds = 120 }: TaskRetryOptions = {},
): number | undefined {
  const limit = Math.min(maxDelaySeconds, minDelaySeconds * 2 ** (attempt - 1));
  const seconds = retryAfterSeconds + Math.random() * limit;
  return elapsedSeconds + seconds <= budgetSeconds ? seconds : undefined;
}

interface RetryState {
  /** Tries so far. */
  attempt: number;
  elapsedSeconds: number;
  retryAfterSeconds?: number | undefined;
}
