import { readNetworkFailure } from "@bridgekit/client";
import { UpstreamError } from "../errors/upstream-error.ts";
import { redactError } from "../redact-value.ts";
import type { Redact } from "../redact.ts";

// The connection was never made, so the call was never sent.
const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  // The handshake comes before the request.
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);
const UNANSWERED = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

export interface NetworkErrorContext {
  system: string;
  call: string;
  redact: Redact;
  timeoutSeconds: number;
  isTimeout: boolean;
  /** The answer had begun when it broke off. */
  isAnswered: boolean;
}

/** Turns what `fetch` threw into an error that says whether the call may have had an effect. */
export function toNetworkError(error: unknown, context: NetworkErrorContext): UpstreamError {
  const { system, call, redact, timeoutSeconds, isTimeout, isAnswered } = context;
  const cause = redactError(error, redact);
  if (isTimeout)
    return new UpstreamError(redact(`${system} did not answer ${call} within ${timeoutSeconds} seconds`), {
      code: "TIMEOUT",
      isRetryable: true,
      effect: "unknown",
      cause,
    });
  const { code, reason } = readNetworkFailure(error);
  const what = isAnswered ? `${system} broke off its answer to ${call}` : `${system} could not be reached for ${call}`;
  return new UpstreamError(redact(`${what}: ${reason}`), {
    code: code !== undefined && UNANSWERED.has(code) ? "TIMEOUT" : "INTERNAL_ERROR",
    isRetryable: true,
    effect: !isAnswered && isNeverSent(error) ? "none" : "unknown",
    cause,
  });
}

/** Only where it is certain: a connection that broke later may have carried the call. */
function isNeverSent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // A host with several addresses: each was tried.
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isNeverSent);
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code !== undefined && NEVER_SENT.has(code)) return true;
  return syscall === "connect" || isNeverSent(error.cause);
}
