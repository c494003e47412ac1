/** A fold that failed, and the session whose fold it was: by then another one may stand first in the line. */
export class FoldError extends Error {
  readonly sessionId: string;

  constructor(sessionId: string, cause: unknown) {
    super(`The fold of the session ${sessionId} failed.`, { cause });
    this.name = "FoldError";
    this.sessionId = sessionId;
  }
}

/** The guard that judged a fold is not the one that stands at its end. */
export class GuardChangedError extends Error {
  override readonly name = "GuardChangedError";
}
