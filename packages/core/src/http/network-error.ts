import { readNetworkFailure } from "@bridgekit/client";
import { UpstreamError } from "../errors/upstream-error.ts";
import type { Redact } from "../redact.ts";

// The connection was never made, so the call was never sent.
const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

interface NetworkErrorContext {
  system: string;
  call: string;
  redact: Redact;
  timeoutSeconds: number;
  isTimeout: boolean;
}

/** Turns what `fetch` threw into an error that says whether the call may have had an effect. */
export function toNetworkError(error: unknown, context: NetworkErrorContext): UpstreamError {
  const { system, call, redact, timeoutSeconds, isTimeout } = context;
  if (isTimeout)
    return new UpstreamError(`${system} did not answer ${call} within ${timeoutSeconds} seconds`, {
      code: "TIMEOUT",
      isRetryable: true,
      effect: "unknown",
      cause: error,
    });
  const { code, reason } = readNetworkFailure(error);
  return new UpstreamError(redact(`${system} could not be reached for ${call}: ${reason}`), {
    code: "INTERNAL_ERROR",
    isRetryable: true,
    effect: code !== undefined && NEVER_SENT.has(code) ? "none" : "unknown",
    cause: error,
  });
}
