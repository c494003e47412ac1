const marker = Symbol.for("bridgekit.SyncError");

/**
 * Why a sync did not come to its end:
 * `UPSTREAM` reading failed, `REJECTED` the Bridge refused a record, `SUPERSEDED` a newer session replaced this one,
 * `HELD` the removal guard holds it, `FOLD` the Bridge could not apply it, `BRIDGE` the Bridge could not be reached or
 * failed, `STOPPED` the run was told to stop.
 */
export type SyncErrorCode = "UPSTREAM" | "REJECTED" | "SUPERSEDED" | "HELD" | "FOLD" | "BRIDGE" | "STOPPED";

/** A sync failed; nobody was removed by it. The message says what happened and what to do. */
export class SyncError extends Error {
  override readonly name = "SyncError";
  readonly code: SyncErrorCode;
  readonly [marker] = true;

  constructor(code: SyncErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Recognises a `SyncError` of any copy of this package. */
export function isSyncError(error: unknown): error is SyncError {
  return error instanceof Error && marker in error;
}
