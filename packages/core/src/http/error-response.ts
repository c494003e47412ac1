import type { UpstreamErrorOptions } from "../errors/upstream-error.ts";

/** An answer with an error status, for the connector to explain. */
export interface ErrorResponse {
  /** Of the call that was answered. */
  method: string;
  path: string;
  status: number;
  headers: Headers;
  /** Parsed where it is JSON, else the text; secrets are masked. */
  body: unknown;
}

/**
 * What an error answer means; what is left out is read from the status. `RATE_LIMITED` with `retryAfterSeconds` pauses
 * everything that is limited together with the call.
 */
export type ErrorExplanation = Partial<
  Pick<UpstreamErrorOptions, "code" | "isRetryable" | "effect" | "retryAfterSeconds">
> & {
  message?: string | undefined;
};
