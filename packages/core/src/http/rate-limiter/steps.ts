import { UpstreamError } from "../../errors/upstream-error.ts";
import type { Gate, Step } from "../pipeline.ts";
import type { QuotaReading } from "./limit-scope.ts";
import type { Limits } from "./limits.ts";

// Somebody waits for a check, and for the access that a task changes; a sync is repeated anyway.
const PRIORITY = { tasks: 2, other: 1, sync: 0 };

/** Refuses calls of a sync that would use the last share of the day's quota, which is kept for tasks. */
export function keepQuotaForTasks(system: string, { quotaFloor = 0.1 }: Limits): Step {
  return async (call, next) => {
    const { host, credential } = call.endpoint;
    const low = host.quotasOf(credential).find(({ used, limit }) => limit - used < limit * quotaFloor);
    if (call.work === "sync" && low) throw quotaUsedUp(system, low, quotaFloor);
    return next(call);
  };
}

/** Waits until the rate-limit buckets are not paused and the queue of the host has room, tasks before syncs. */
export function waitForTurn(system: string, longestPauseSeconds: number): Gate {
  return (call, pass) => {
    const { host, credential, connection, shared } = call.endpoint;
    return host.schedule(pass, {
      bucket: call.bucket,
      credential,
      shared,
      connection,
      priority: PRIORITY[call.work ?? "other"],
      signal: call.signal,
      longestPauseSeconds,
      toPausedError: (seconds) => notSent("RATE_LIMITED", `${system} asked for a pause`, seconds),
    });
  };
}

/** Refuses calls to a host that has failed many times in a row, until one call succeeds. */
export function breakCircuit(system: string): Gate {
  return (call, pass) =>
    call.endpoint.host.guard(pass, {
      signal: call.signal,
      toDownError: (seconds) =>
        notSent("INTERNAL_ERROR", `${system} failed many times in a row and is left alone`, seconds),
    });
}

function quotaUsedUp(system: string, { used, limit, freshSeconds }: QuotaReading, quotaFloor: number): UpstreamError {
  return new UpstreamError(
    `${system} has used ${used} of the ${limit} calls of its daily quota; the last ` +
      `${Math.round(quotaFloor * 100)} % are kept for tasks, so syncs wait until some are free again`,
    { code: "RATE_LIMITED", isRetryable: true, effect: "none", retryAfterSeconds: freshSeconds },
  );
}

function notSent(code: "RATE_LIMITED" | "INTERNAL_ERROR", what: string, seconds: number): UpstreamError {
  const message = `${what}; it is not called for another ${Math.ceil(seconds)} seconds`;
  return new UpstreamError(message, { code, isRetryable: true, effect: "none", retryAfterSeconds: seconds });
}
