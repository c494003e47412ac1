import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { HttpError } from "../http/http-error.ts";

/** The requests of a key per number of seconds. */
export interface RateLimit {
  requests: number;
  seconds: number;
}

/** Counts a request of the key. Throws 429 if it is over the limit. */
export type RateLimiter = (keyId: string) => Promise<void>;

/** Each process counts for itself: several on one database allow a multiple. */
export function createRateLimiter(limit: RateLimit | null): RateLimiter {
  if (limit === null) return async () => {};
  const { requests, seconds } = limit;
  if (!(Number.isInteger(requests) && requests > 0 && seconds > 0 && seconds <= 86_400)) {
    throw new Error(
      `A rate limit must be a whole number of requests in up to 86400 seconds, got ${requests} in ${seconds}; null disables it.`,
    );
  }
  const limiter = new RateLimiterMemory({ points: requests, duration: seconds });
  return async (keyId) => {
    const refusal = await limiter.consume(keyId).then(
      () => undefined,
      (reason: RateLimiterRes) => reason,
    );
    if (refusal === undefined) return;
    const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw new HttpError(
      429,
      `The API key made more than ${requests} requests in ${seconds} s; try again in ${retryAfterSeconds} s.`,
      { "retry-after": String(retryAfterSeconds) },
    );
  };
}
