const marker = Symbol.for("bridgekit.StaleGenerationError");

/** A newer run of the app has begun, so this one may not write any more: it must stop. */
export class StaleGenerationError extends Error {
  override readonly name = "StaleGenerationError";
  readonly [marker] = true;

  constructor(what: string, { app, generation }: { app: string; generation: number }) {
    super(
      `${what} of ${app} was not written: a newer run has begun, and this one has generation ${generation}. ` +
        `It stops by itself; the newer one goes on.`,
    );
  }
}

/** Recognises the error of any copy of this package. */
export function isStaleGenerationError(error: unknown): error is StaleGenerationError {
  return error instanceof Error && marker in error;
}
