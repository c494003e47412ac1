const marker = Symbol.for("bridgekit.CursorExpiredError");

/**
 * A cursor has expired, or the system does not keep changes from that far back. Thrown by `changes.since`; the sync then
 * reads everything.
 *
 * @example
 * if (error.status === 410) throw new CursorExpiredError(`Wiki keeps no changes from ${cursor}`, { cause: error });
 */
export class CursorExpiredError extends Error {
  override readonly name = "CursorExpiredError";
  readonly [marker] = true;
}

/** Recognises a `CursorExpiredError` of any copy of this package. */
export function isCursorExpiredError(error: unknown): error is CursorExpiredError {
  return error instanceof Error && marker in error;
}
