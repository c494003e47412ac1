import { UpstreamError } from "../errors/upstream-error.ts";
import type { QuotaReading } from "./limit-scope.ts";
import type { RateLimit, RateLimitResponse } from "./rate-limit.ts";

/** How many calls a system takes, and how it tells. */
export interface Limits {
  /** Calls to the host at a time, of all connections together; where they differ, the smallest counts. 8 by default. */
  concurrency?: number;
  /** Calls to the host that begin within a second; less than 1 for one in several seconds. No limit by default. */
  perSecond?: number;
  /**
   * Names what a call is limited together with: a pause that an answer asks for holds back all calls of the same name and
   * scope. By default everything. `({ method, path }) => `${method} ${path}`` where limits are by endpoint.
   */
  lane?: (request: { method: string; path: string }) => string;
  /**
   * Reads what the system says in headers of its own, of every answer. What it leaves out is read from the headers that
   * many systems share: Retry-After, `X-RateLimit-*`, `RateLimit-*`. Where the host limits all its callers together,
   * `() => ({ scope: "host" })` says so.
   */
  read?: (answer: RateLimitResponse) => RateLimit | undefined;
  /** Share of the day's quota that syncs leave to tasks, where `read` tells of a quota. 0.1 by default. */
  quotaFloor?: number;
}

/** Refuses a call of a sync that would take of what is left for tasks. */
export function holdQuotaFloor(system: string, quota: QuotaReading, floorShare: number): void {
  if (quota.limit - quota.used >= quota.limit * floorShare) return;
  const { used, limit, freshSeconds } = quota;
  throw new UpstreamError(
    `${system} has used ${used} of the ${limit} calls of its daily quota; the last ` +
      `${Math.round(floorShare * 100)} % are kept for tasks, so syncs wait until some are free again`,
    { code: "RATE_LIMITED", isRetryable: true, effect: "none", retryAfterSeconds: freshSeconds },
  );
}
