// There was no connection, so the call was never sent.
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

/** Whether an error of `fetch` proves that nothing was sent. A connection that broke later may have carried the call. */
export function isNeverSent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // A host with several addresses, each of which was tried.
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isNeverSent);
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code !== undefined && NEVER_SENT.has(code)) return true;
  return syscall === "connect" || isNeverSent(error.cause);
}
