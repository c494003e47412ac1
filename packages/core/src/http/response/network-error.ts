import { readNetworkFailure } from "@bridgekit/client";
import { UpstreamError } from "../../errors/upstream-error.ts";
import { isNeverSent } from "../../is-never-sent.ts";
import { redactError } from "../../redact-value.ts";
import type { Redact } from "../../redact.ts";

const NO_RESPONSE = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

export interface NetworkErrorContext {
  system: string;
  call: string;
  redact: Redact;
  timeoutSeconds: number;
  isTimeout: boolean;
  /** Whether the response had begun. */
  hasBegun: boolean;
}

/** Turns what `fetch` threw into an error that says whether the call may have had an effect. */
export function toNetworkError(error: unknown, context: NetworkErrorContext): UpstreamError {
  const { system, call, redact, timeoutSeconds, isTimeout, hasBegun } = context;
  const cause = redactError(error, redact);
  if (isTimeout)
    return new UpstreamError(redact(`${system} did not respond to ${call} within ${timeoutSeconds} seconds`), {
      code: "TIMEOUT",
      isRetryable: true,
      effect: "unknown",
      cause,
    });
  const { code, reason } = readNetworkFailure(error);
  const what = hasBegun ? `${system} broke off its response to ${call}` : `${system} could not be reached for ${call}`;
  return new UpstreamError(redact(`${what}: ${reason}`), {
    code: code !== undefined && NO_RESPONSE.has(code) ? "TIMEOUT" : "INTERNAL_ERROR",
    isRetryable: true,
    effect: !hasBegun && isNeverSent(error) ? "none" : "unknown",
    cause,
  });
}
