import { readNetworkFailure } from "./network-failure.ts";

const marker = Symbol.for("bridgekit.UnreachableError");

/** The Bridge sent no complete response. Whether the call had an effect is unknown. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
  readonly [marker] = true;

  constructor(baseUrl: string, cause: unknown) {
    super(`The Bridge at ${baseUrl} could not be reached: ${readNetworkFailure(cause).reason}`, { cause });
  }
}

/** Recognises an `UnreachableError`, also of another copy of this package. */
export function isUnreachableError(error: unknown): error is UnreachableError {
  return error instanceof Error && marker in error;
}
