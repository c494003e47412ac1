import type { RateLimit, RateLimitResponse } from "./rate-limit.ts";

/** The rate limits of a system, and how it reports them. */
export interface Limits {
  /** Calls to the host at a time, of all connections together; the smallest value counts. 8 by default. */
  concurrency?: number;
  /** Calls to the host that begin within a second; less than 1 for one in several seconds. No limit by default. */
  perSecond?: number;
  /**
   * Names the rate-limit bucket of a call: a pause that a response asks for holds back all calls of the same bucket and
   * scope. One bucket by default. `({ method, path }) => `${method} ${path}`` if limits are by endpoint.
   */
  bucket?: (request: { method: string; path: string }) => string;
  /**
   * Reads the system's own headers, of every response. Whatever it leaves out is read from common headers: Retry-After,
   * `X-RateLimit-*`, `RateLimit-*`. `() => ({ scope: "host" })` if the host limits all its callers together.
   */
  read?: (response: RateLimitResponse) => RateLimit | undefined;
  /** Share of the day's quota that syncs leave to tasks, if `read` returns a quota. 0.1 by default. */
  quotaFloor?: number;
}
