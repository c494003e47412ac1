import type { UpstreamErrorOptions } from "../errors/upstream-error.ts";

type Explanation = Pick<UpstreamErrorOptions, "code" | "isRetryable" | "effect">;

/** What an error status means where the system's own body says nothing better. */
export function explainStatus(status: number, retryAfterSeconds: number | undefined): Explanation {
  if (status === 429) return { code: "RATE_LIMITED", isRetryable: true, effect: "none" };
  // With a Retry-After a 503 is a limit that turned the call away; without one a proxy may have lost the answer.
  if (status === 503)
    return { code: "RATE_LIMITED", isRetryable: true, effect: retryAfterSeconds === undefined ? "unknown" : "none" };
  if (status === 401 || status === 403) return { code: "PERMISSION_DENIED", isRetryable: false, effect: "none" };
  if (status === 408 || status === 504) return { code: "TIMEOUT", isRetryable: true, effect: "unknown" };
  if (status >= 500) return { code: "INTERNAL_ERROR", isRetryable: true, effect: "unknown" };
  return { code: "INTERNAL_ERROR", isRetryable: false, effect: "none" };
}
