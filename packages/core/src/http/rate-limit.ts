import { parseRetryAfter } from "@bridgekit/client";
import { isUpstreamError, type UpstreamError } from "../errors/upstream-error.ts";

/** What an answer says of the limits that calls are under. What it says nothing of is left out. */
export interface RateLimit {
  /** Seconds for which nothing more is to be sent. */
  pauseSeconds?: number | undefined;
  /** Little is left, so calls are sent one at a time until an answer no longer says so. */
  isNear?: boolean | undefined;
  /** Calls of the day's quota that are used, and how many there are in all. */
  quota?: { used: number; limit: number } | undefined;
  /**
   * Who is limited: all who call the host, or those with the same credential. By default the credential; a pause that a
   * 503 asks for is the host's.
   */
  scope?: "host" | "credential" | undefined;
}

/** What limits are read from: every answer of the system, also a successful one. */
export interface RateLimitResponse {
  status: number;
  headers: Headers;
}

const NEAR_SHARE = 0.2;

/**
 * Reads the headers that many systems share: Retry-After (RFC 9110), `X-RateLimit-Limit`, `-Remaining`, `-Reset` and
 * `-NearLimit`, and the IETF's `RateLimit-*` and `RateLimit`.
 */
export function readRateLimit({ status, headers }: RateLimitResponse, now: Date = new Date()): RateLimit {
  const isTurnedAway = status === 429 || status === 503;
  const read = (name: string) => headers.get(`x-ratelimit-${name}`) ?? headers.get(`ratelimit-${name}`);
  const combined = headers.get("ratelimit") ?? "";
  const remaining = toNumber(read("remaining") ?? parameter(combined, "r|remaining"));
  const limit = toNumber(read("limit") ?? parameter(combined, "limit"));
  const resetSeconds = parseReset(read("reset") ?? parameter(combined, "t|reset"), now);

  const retryAfterSeconds = isTurnedAway ? parseRetryAfter(headers.get("retry-after"), now) : undefined;
  const isUsedUp = status === 429 || remaining === 0;
  const isLow = remaining !== undefined && limit !== undefined && remaining < limit * NEAR_SHARE;
  return {
    pauseSeconds: retryAfterSeconds ?? (isUsedUp ? resetSeconds : undefined),
    isNear: isUsedUp || isLow || headers.get("x-ratelimit-nearlimit")?.toLowerCase() === "true",
  };
}

/** Seconds until a reset that is given as a date, in seconds or milliseconds since 1970, or in seconds from now. */
function parseReset(reset: string | undefined, now: Date): number | undefined {
  if (reset === undefined) return undefined;
  const number = toNumber(reset);
  if (number === undefined) return parseRetryAfter(reset, now);
  // A number of seconds from now this large would be thirty years.
  if (number > 1e11) return Math.max(0, (number - now.getTime()) / 1000);
  return number > 1e9 ? Math.max(0, number - now.getTime() / 1000) : number;
}

/** Of `limit=100, remaining=50, reset=5` or `"default";r=50;t=5`. */
function parameter(header: string, name: string): string | undefined {
  return new RegExp(`(?:^|[;,\\s])(?:${name})=(\\d+)`, "i").exec(header)?.[1];
}

/** Of `100`, and of `100, 100;w=10`, which also tells the window. */
function toNumber(text: string | undefined): number | undefined {
  const digits = /^\s*(\d+(?:\.\d+)?)\s*(?:$|[,;])/.exec(text ?? "")?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export function isRateLimited(error: unknown): error is UpstreamError {
  return isUpstreamError(error) && error.code === "RATE_LIMITED";
}
