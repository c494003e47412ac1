const marker = Symbol.for("bridgekit.UnreachableError");

/** The Bridge gave no answer, or one that broke off. Whether the call had an effect is not known. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
  readonly [marker] = true;

  constructor(baseUrl: string, cause: unknown) {
    super(`The Bridge at ${baseUrl} could not be reached: ${reasonOf(cause)}`, { cause });
  }
}

/** Recognises an `UnreachableError` of any copy of this package. */
export function isUnreachableError(error: unknown): error is UnreachableError {
  return error instanceof Error && marker in error;
}

/** `fetch` hides the reason in the cause, and there, for a host with several addresses, in a list. */
function reasonOf(error: unknown): string {
  let cause = error;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  if (cause instanceof AggregateError && cause.errors[0] !== undefined) cause = cause.errors[0];
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
