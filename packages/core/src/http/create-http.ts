import { silentLogger, type Logger } from "../logger.ts";
import { createRedactor } from "../redact.ts";
import { retry, type RetryOptions } from "../retry.ts";
import { ConfigError } from "../errors/config-error.ts";
import { isUpstreamError } from "../errors/upstream-error.ts";
import type { ErrorAnswer, ErrorExplanation } from "./error-answer.ts";
import { runContext } from "../run-context.ts";
import { traceCall } from "../telemetry/trace-call.ts";
import { readAnswer } from "./read-answer.ts";
import { toNetworkError } from "./network-error.ts";

export interface HttpOptions {
  /** What is called, for messages: `Odoo at https://hr.example.com`. */
  system: string;
  baseUrl: string;
  headers?: Record<string, string>;
  /** Never shown in an error. Values of headers named `authorization` are added. */
  secrets?: readonly string[];
  /** Seconds until an attempt is given up. */
  timeoutSeconds?: number;
  retry?: RetryOptions | undefined;
  /** Longest Retry-After that is waited for, in seconds; a longer one fails the call at once. */
  maxRetryAfterSeconds?: number;
  /** Reads the system's own error answers: code, message, whether to retry. `undefined` keeps the reading by status. */
  explain?: (answer: ErrorAnswer) => ErrorExplanation | undefined;
}

export interface HttpRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  /** Doing it twice is as good as once. GET, PUT and DELETE are by themselves; a POST that only reads is, too. */
  isIdempotent?: boolean;
  signal?: AbortSignal;
}

export interface Http {
  /** Sends a request and answers the parsed JSON body (`undefined` for an empty one); throws `UpstreamError`. */
  request<T = void>(request: HttpRequest): Promise<T>;
}

export interface HttpEnvironment {
  fetch?: typeof globalThis.fetch;
  logger?: Logger;
}

/**
 * The HTTP of an API client. Retries by effect: a call whose effect is known to be none is sent again, and so is an
 * idempotent one; a write that may have happened is not.
 */
export function createHttp(options: HttpOptions, environment: HttpEnvironment = {}): Http {
  const { system, timeoutSeconds = 60, maxRetryAfterSeconds = 300 } = options;
  const { fetch = globalThis.fetch, logger = silentLogger } = environment;
  const { username, password } = new URL(options.baseUrl);
  if (username || password) throw new ConfigError("An address must not carry a user name and password.");
  const redact = createRedactor([...(options.secrets ?? []), ...authorizations(options.headers)]);

  async function attempt<T>(request: HttpRequest, signal: AbortSignal | undefined): Promise<T> {
    const call = `${request.method} ${request.path}`;
    const deadline = AbortSignal.timeout(timeoutSeconds * 1000);
    const usage = runContext.getStore()?.usage;
    if (usage) usage.calls++;
    try {
      const response = await fetch(toUrl(options.baseUrl, request), {
        method: request.method,
        headers: {
          accept: "application/json",
          ...(request.body !== undefined && { "content-type": "application/json" }),
          ...options.headers,
        },
        ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
        // A redirect to a login page would read as an answer.
        redirect: "manual",
        signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
      });
      return (await readAnswer(response, {
        system,
        call,
        request: { method: request.method, path: request.path },
        redact,
        explain: options.explain,
      })) as T;
    } catch (error) {
      if (isUpstreamError(error)) throw error;
      signal?.throwIfAborted();
      throw toNetworkError(error, { system, call, redact, timeoutSeconds, isTimeout: deadline.aborted });
    }
  }

  return {
    request<T>(request: HttpRequest): Promise<T> {
      const isIdempotent = request.isIdempotent ?? (request.method !== "POST" && request.method !== "PATCH");
      const signal = anySignal(runContext.getStore()?.signal, request.signal);
      return retry(
        () => traceCall(request.method, options.baseUrl, () => attempt<T>(request, signal)),
        (error) => {
          if (!isUpstreamError(error) || !error.isRetryable) return undefined;
          if (error.effect !== "none" && !isIdempotent) return undefined;
          if ((error.retryAfterSeconds ?? 0) > maxRetryAfterSeconds) return undefined;
          logger.debug({ retryAfterSeconds: error.retryAfterSeconds }, `retrying: ${error.message}`);
          return { retryAfterSeconds: error.retryAfterSeconds };
        },
        { ...options.retry, signal },
      );
    },
  };
}

function anySignal(...signals: (AbortSignal | undefined)[]): AbortSignal | undefined {
  const present = signals.filter((signal) => signal !== undefined);
  return present.length > 1 ? AbortSignal.any(present) : present[0];
}

function authorizations(headers: Record<string, string> = {}): string[] {
  return Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === "authorization")
    .flatMap(([, value]) => [value, value.replace(/^\S+\s+/, "")]);
}

function toUrl(baseUrl: string, { path, query }: HttpRequest): URL {
  const url = new URL(baseUrl.replace(/\/+$/, "") + path);
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}
