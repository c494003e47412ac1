import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { HttpError } from "../http/http-error.ts";

/** How many requests a key may make in how many seconds. */
export interface RateLimit {
  requests: number;
  seconds: number;
}

/** Counts a request of the key; answers 429 where it is one too many. */
export type RateLimiter = (keyId: string) => Promise<void>;

/** The count is that of this process: several on one database allow a key as many times as much. */
export function createRateLimiter(limit: RateLimit | null): RateLimiter {
  if (limit === null) return async () => {};
  const { requests, seconds } = limit;
  if (!(Number.isInteger(requests) && requests > 0 && seconds > 0 && seconds <= 86_400)) {
    throw new Error(
      `A rate limit is a whole number of requests in up to 86400 seconds, got ${requests} in ${seconds}; null switches it off.`,
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
