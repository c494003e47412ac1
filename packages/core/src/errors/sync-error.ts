const marker = Symbol.for("bridgekit.SyncError");

/**
 * Why a sync did not complete.
 *
 * Reading: `UPSTREAM` a stream failed; `BAD_RECORD` a record is wrong, in a run that stops at the first one.
 *
 * Calls to the Bridge: `UNREACHABLE` no connection; `RESPONSE_LOST` the connection broke before the response; `RATE_LIMITED`
 * the Bridge asked for a longer pause than a run waits; `UNAUTHORIZED` it rejected the key; `BRIDGE_FAILED` it responded with
 * server errors; `BRIDGE` its response was unexpected.
 *
 * The session: `REJECTED` the Bridge refused a record; `SUPERSEDED` another session replaced it; `HELD` the Bridge's removal
 * guard holds it; `RECONCILIATION_FAILED` the Bridge could not apply it; `RECONCILIATION_TIMEOUT` not in time.
 *
 * An operator must approve: `REMOVALS` too many records or too much access would be lost; `CREDENTIALS` the config has changed
 * and shows another system; `APPROVAL` the approved plan is not what would happen now. `STOPPED` the run was stopped.
 */
export type SyncErrorCode =
  | "UPSTREAM"
  | "BAD_RECORD"
  | "UNREACHABLE"
  | "RESPONSE_LOST"
  | "RATE_LIMITED"
  | "UNAUTHORIZED"
  | "BRIDGE_FAILED"
  | "BRIDGE"
  | "REJECTED"
  | "SUPERSEDED"
  | "HELD"
  | "RECONCILIATION_FAILED"
  | "RECONCILIATION_TIMEOUT"
  | "REMOVALS"
  | "CREDENTIALS"
  | "APPROVAL"
  | "STOPPED";

/** A sync did not complete. The message says what happened, what is known about its effect, and what to do. */
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

/** Whether the sync waits for an operator to approve a plan or confirm a held session. */
export function needsApproval(error: unknown): error is SyncError {
  return isSyncError(error) && NEEDS_APPROVAL.has(error.code);
}

const NEEDS_APPROVAL: ReadonlySet<SyncErrorCode> = new Set(["REMOVALS", "CREDENTIALS", "APPROVAL", "HELD"]);
