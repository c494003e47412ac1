import type { UpstreamErrorOptions } from "../../errors/upstream-error.ts";

/** A response with an error status, for the connector to explain. */
export interface ErrorResponse {
  /** Of the request. */
  method: string;
  path: string;
  status: number;
  headers: Headers;
  /** Parsed if it is JSON, otherwise the text; secrets are masked. */
  body: unknown;
}

/**
 * What an error response means; absent fields are derived from the status. `RATE_LIMITED` with `retryAfterSeconds` pauses
 * the rate-limit bucket of the call.
 */
export type ErrorExplanation = Partial<
  Pick<UpstreamErrorOptions, "code" | "isRetryable" | "effect" | "retryAfterSeconds">
> & {
  message?: string | undefined;
};
