const marker = Symbol.for("bridgekit.CursorExpiredError");

/**
 * The system does not know a cursor any more, or does not tell changes from that far back. Thrown by `changes.since`;
 * everything is read then.
 *
 * @example
 * if (error.status === 410) throw new CursorExpiredError(`Wiki tells no changes after ${cursor}`, { cause: error });
 */
export class CursorExpiredError extends Error {
  override readonly name = "CursorExpiredError";
  readonly [marker] = true;
}

/** Recognises a `CursorExpiredError` of any copy of this package. */
export function isCursorExpiredError(error: unknown): error is CursorExpiredError {
  return error instanceof Error && marker in error;
}
