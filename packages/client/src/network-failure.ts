/** Why `fetch` got no answer: the system's code, such as `ECONNREFUSED`, where there is one, and the reason in words. */
export interface NetworkFailure {
  code: string | undefined;
  reason: string;
}

/** `fetch` hides the reason in the cause, and there, for a host with several addresses, in a list. */
export function readNetworkFailure(error: unknown): NetworkFailure {
  let cause = error;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  if (cause instanceof AggregateError && cause.errors[0] !== undefined) cause = cause.errors[0];
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  const message = cause instanceof Error ? cause.message : String(cause);
  return { code, reason: message || code || "the connection failed" };
}
