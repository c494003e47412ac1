import type { Fault } from "@bridgekit/sandbox";

export interface TooManyRequestsOptions {
  retryAfterSeconds: number;
  /** 429 since September 2026, and 503 before. */
  status?: 429 | 503;
}

/** BambooHR's answer to a client that calls too often. */
export function tooManyRequests({ retryAfterSeconds, status = 429 }: TooManyRequestsOptions): Fault {
  const headers = {
    "retry-after": String(retryAfterSeconds),
    "x-bamboohr-error-message": "Limit exceeded",
  };
  return { kind: "answer", status, headers, body: "" };
}

/** The same as some of BambooHR's endpoints say it: with status 200, and nothing to tell when to come again. */
export const tooManyRequestsInBody: Fault = {
  kind: "answer",
  status: 200,
  body: { error: { code: 429, message: "Too Many Requests" } },
};
