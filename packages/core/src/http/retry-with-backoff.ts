import { isUpstreamError } from "../errors/upstream-error.ts";
import { retry, type RetryOptions } from "../retry.ts";
import type { HttpRequest } from "./http.ts";
import type { Step } from "./pipeline.ts";

/**
 * Sends a call again after backoff with jitter, if that is safe: its effect is known to be none, or the call is idempotent.
 * A Retry-After is waited for in full, unless it is longer than `maxRetryAfterSeconds`.
 */
export function retryWithBackoff(options: RetryOptions | undefined, maxRetryAfterSeconds: number): Step {
  return (call, next) => {
    call.meter.restart();
    const decide = (error: Error) => {
      if (!isUpstreamError(error) || !error.isRetryable) return undefined;
      if (error.effect !== "none" && !isIdempotent(call.request)) return undefined;
      const { retryAfterSeconds } = error;
      if ((retryAfterSeconds ?? 0) > maxRetryAfterSeconds) return undefined;
      call.endpoint.logger.debug({ retryAfterSeconds }, `retrying: ${error.message}`);
      return { retryAfterSeconds };
    };
    return retry(() => next(call), decide, { ...options, signal: call.signal });
  };
}

function isIdempotent({ method, isIdempotent: isSaidToBe }: HttpRequest): boolean {
  return isSaidToBe ?? (method !== "POST" && method !== "PATCH");
}
