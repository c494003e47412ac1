const marker = Symbol.for("bridgekit.SyncError");

/**
 * Why a sync did not come to its end.
 *
 * Reading: `UPSTREAM` a stream failed; `BAD_RECORD` a record is wrong, where a run is to stop at the first one.
 *
 * The way to the Bridge: `UNREACHABLE` no connection; `ANSWER_LOST` the connection broke before the answer;
 * `RATE_LIMITED` it asked to wait for longer than a run waits; `UNAUTHORIZED` it does not take the key; `BRIDGE_FAILED`
 * it answers with errors of its own; `BRIDGE` it answers something that was not expected.
 *
 * The session: `REJECTED` the Bridge refused a record; `SUPERSEDED` somebody else ended it; `HELD` the Bridge's removal
 * guard holds it; `RECONCILIATION_FAILED` the Bridge could not apply it; `RECONCILIATION_TIMEOUT` it did not do so in time.
 *
 * The operator's word is needed: `REMOVALS` too many records or too much access would be lost; `CREDENTIALS` other
 * ones than in the last good run show another system; `APPROVAL` what was approved is not what would happen now. `STOPPED` the run was told to stop.
 */
export type SyncErrorCode =
  | "UPSTREAM"
  | "BAD_RECORD"
  | "UNREACHABLE"
  | "ANSWER_LOST"
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

/** A sync did not come to its end. The message says what happened, what is known of its effect, and what to do. */
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

/** Whether the sync waits for an operator: a plan to approve, or a held session to confirm. */
export function needsApproval(error: unknown): error is SyncError {
  return isSyncError(error) && NEEDS_APPROVAL.has(error.code);
}

const NEEDS_APPROVAL: ReadonlySet<SyncErrorCode> = new Set(["REMOVALS", "CREDENTIALS", "APPROVAL", "HELD"]);
