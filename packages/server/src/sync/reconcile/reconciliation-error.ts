/** A failed reconciliation and its session; by now another session may be the first due one. */
export class ReconciliationError extends Error {
  readonly sessionId: string;

  constructor(sessionId: string, cause: unknown) {
    super(`The reconciliation of the session ${sessionId} failed.`, { cause });
    this.name = "ReconciliationError";
    this.sessionId = sessionId;
  }
}

/** The guard changed after it judged a reconciliation. */
export class GuardChangedError extends Error {
  override readonly name = "GuardChangedError";
}
