/** A reconciliation that failed, and the session whose reconciliation it was: by then another one may stand first in the line. */
export class ReconciliationError extends Error {
  readonly sessionId: string;

  constructor(sessionId: string, cause: unknown) {
    super(`The reconciliation of the session ${sessionId} failed.`, { cause });
    this.name = "ReconciliationError";
    this.sessionId = sessionId;
  }
}

/** The guard that judged a reconciliation is not the one that stands at its end. */
export class GuardChangedError extends Error {
  override readonly name = "GuardChangedError";
}
