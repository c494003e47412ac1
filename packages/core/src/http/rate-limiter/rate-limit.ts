import { parseRetryAfter } from "@bridgekit/client";

/** What a response says about rate limits; absent fields are unknown. */
export interface RateLimit {
  /** Seconds for which no call may be sent. */
  pauseSeconds?: number | undefined;
  /** Whether little is left: calls are sent one at a time until a response says otherwise. */
  isNear?: boolean | undefined;
  /** Calls of the day's quota: how many are used, and how many there are. */
  quota?: { used: number; limit: number } | undefined;
  /**
   * Whether the host limits all its callers, or those with the same credential. By default the credential, but the host for
   * a pause of a 503.
   */
  scope?: "host" | "credential" | undefined;
}

/** Rate limits are read from every response, including successful ones. */
export interface RateLimitResponse {
  status: number;
  headers: Headers;
}

const NEAR_SHARE = 0.2;

/**
 * Reads common headers: Retry-After (RFC 9110), `X-RateLimit-Limit`, `-Remaining`, `-Reset` and
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

/** Returns the seconds until a reset: a date, seconds or milliseconds since 1970, or seconds from now. */
function parseReset(reset: string | undefined, now: Date): number | undefined {
  if (reset === undefined) return undefined;
  const number = toNumber(reset);
  if (number === undefined) return parseRetryAfter(reset, now);
  // As seconds from now, such a number would be thirty years.
  if (number > 1e11) return Math.max(0, (number - now.getTime()) / 1000);
  return number > 1e9 ? Math.max(0, number - now.getTime() / 1000) : number;
}

/** Reads `limit=100, remaining=50, reset=5` or `"default";r=50;t=5`. */
function parameter(header: string, name: string): string | undefined {
  return new RegExp(`(?:^|[;,\\s])(?:${name})=(\\d+)`, "i").exec(header)?.[1];
}

/** Reads `100`, and the first number of `100, 100;w=10`. */
function toNumber(text: string | undefined): number | undefined {
  const digits = /^\s*(\d+(?:\.\d+)?)\s*(?:$|[,;])/.exec(text ?? "")?.[1];
  return digits === undefined ? undefined : Number(digits);
}
