import type { Logger } from "../logger.ts";
import type { Secrets } from "../redact.ts";
import type { RetryOptions } from "../retry.ts";
import type { Auth } from "./auth/renew-token.ts";
import type { Hosts } from "./rate-limiter/hosts.ts";
import type { Limits } from "./rate-limiter/limits.ts";
import type { SharedLimit } from "./rate-limiter/shared-limit.ts";
import type { ErrorResponse, ErrorExplanation } from "./response/error-response.ts";

export interface HttpOptions {
  /** What is called, for messages: `Odoo at https://hr.example.com`. */
  system: string;
  baseUrl: string;
  headers?: Record<string, string>;
  /** A token that expires. */
  auth?: Auth;
  /** Never shown in an error or a log. Values of headers that sign in, such as `authorization`, are added. */
  secrets?: readonly string[];
  /** Seconds until an attempt times out. */
  timeoutSeconds?: number;
  retry?: RetryOptions | undefined;
  /** Longest pause, in seconds, that is waited for. If the system asks for a longer one, the call fails at once. */
  maxRetryAfterSeconds?: number;
  /** The rate limits of the system. Concurrency and calls a second count per host; pauses and quotas per credential. */
  limits?: Limits;
  /** Reads the system's own error responses: code, message, whether to retry. `undefined` keeps the reading by status. */
  explain?: (response: ErrorResponse) => ErrorExplanation | undefined;
  /**
   * Finds an error in a response with a success status, such as 200 with `{"error": {"code": 429}}`; `undefined` if there is
   * none. Its `body` is unchanged.
   */
  explainSuccess?: (response: ErrorResponse) => ErrorExplanation | undefined;
}

export interface HttpEnvironment {
  fetch?: typeof globalThis.fetch;
  logger?: Logger;
  /** The secrets of the connection. Credentials that are sent or received are added to them. */
  secrets?: Secrets;
  /** Shared by all calls that are limited together; by default by those with the same `fetch`. */
  hosts?: Hosts;
  /** The rate limit of the credential, if other processes share it. */
  sharedLimit?: SharedLimit | undefined;
}
