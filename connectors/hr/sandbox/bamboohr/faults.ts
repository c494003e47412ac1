import type { Fault } from "@bridgekit/sandbox";

export interface TooManyRequestsOptions {
  retryAfterSeconds: number;
  /** 429 since September 2026, 503 before. */
  status?: 429 | 503;
}

/** BambooHR's response to a client that calls too often. */
export function tooManyRequests({ retryAfterSeconds, status = 429 }: TooManyRequestsOptions): Fault {
  const headers = {
    "retry-after": String(retryAfterSeconds),
    "x-bamboohr-error-message": "Limit exceeded",
  };
  return { kind: "response", status, headers, body: "" };
}

/** The rate limit as some endpoints return it: with status 200 and without Retry-After. */
export const tooManyRequestsInBody: Fault = {
  kind: "response",
  status: 200,
  body: { error: { code: 429, message: "Too Many Requests" } },
};
