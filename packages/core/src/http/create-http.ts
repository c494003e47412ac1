import { ConfigError } from "../errors/config-error.ts";
import { isUpstreamError, UpstreamError } from "../errors/upstream-error.ts";
import { silentLogger, type Logger } from "../logger.ts";
import { redactLogger } from "../redact-value.ts";
import { createSecrets, type Redact, type Secrets } from "../redact.ts";
import { retry, type RetryOptions } from "../retry.ts";
import { runContext } from "../run-context.ts";
import { traceCall } from "../telemetry/trace-call.ts";
import { withAuth, type Auth } from "./auth.ts";
import { credentialOf, credentialsIn, credentialsInAddress, sessionCookies } from "./credentials.ts";
import { countAttempts } from "./count-attempts.ts";
import type { ErrorResponse, ErrorExplanation } from "./error-response.ts";
import { hostsBehind, type Hosts } from "./hosts.ts";
import type { Http, HttpResponse, HttpList } from "./http.ts";
import { holdQuotaFloor, type Limits } from "./limits.ts";
import { isRateLimited, readRateLimit, type RateLimit } from "./rate-limit.ts";
import { readResponse } from "./read-response.ts";
import { checkPath } from "./path.ts";
import { secretsOf, toHeaders, toUrl, type HttpRequest } from "./request-parts.ts";
import { sendRequest, type Wire } from "./send-request.ts";

export interface HttpOptions {
  /** What is called, for messages: `Odoo at https://hr.example.com`. */
  system: string;
  baseUrl: string;
  headers?: Record<string, string>;
  /** A token that ends. */
  auth?: Auth;
  /** Never shown in an error or a log. Values of headers that sign in, such as `authorization`, are added. */
  secrets?: readonly string[];
  /** Seconds until an attempt is given up. */
  timeoutSeconds?: number;
  retry?: RetryOptions | undefined;
  /** Longest pause that is waited for, in seconds; where the system asks for a longer one, the call fails at once. */
  maxRetryAfterSeconds?: number;
  /** How many calls the system takes. Calls at a time and a second are the host's; pauses and quotas the credential's. */
  limits?: Limits;
  /** Reads the system's own error answers: code, message, whether to retry. `undefined` keeps the reading by status. */
  explain?: (answer: ErrorResponse) => ErrorExplanation | undefined;
  /**
   * Finds an error in an answer whose status calls it a success, such as 200 with `{"error": {"code": 429}}`; `undefined`
   * where there is none. Its `body` is as it came.
   */
  explainSuccess?: (answer: ErrorResponse) => ErrorExplanation | undefined;
}

export interface HttpEnvironment {
  fetch?: typeof globalThis.fetch;
  logger?: Logger;
  /** Those of the connection; what is sent or comes back as a credential is added to them. */
  secrets?: Secrets;
  /** Shared by all whose calls are to be limited together; by default by all that use the same `fetch`. */
  hosts?: Hosts;
}

/**
 * The HTTP of an API client. Retries by effect: a call whose effect is known to be none is sent again, and so is an
 * idempotent one; a write that may have happened is not. Calls to a host go through one queue, tasks before syncs.
 */
export function createHttp({ auth, ...options }: HttpOptions, environment: HttpEnvironment = {}): Http {
  // Limits outlast a token, so whoever signs in is known by the connection.
  const credential = (auth ? undefined : credentialOf(options.headers)) ?? environment.secrets ?? {};
  if (!auth) return openHttp(options, environment, credential);
  // An HTTP of its own for each token, which then is masked wherever the system echoes it.
  return withAuth(auth, ({ accessToken, baseUrl = options.baseUrl }) => {
    const headers = { ...options.headers, authorization: `Bearer ${accessToken}` };
    return openHttp({ ...options, baseUrl, headers }, environment, credential);
  });
}

/** `credential` stands for whom the system's limits count together. */
function openHttp(options: Omit<HttpOptions, "auth">, environment: HttpEnvironment, credential: object): Http {
  const { system, timeoutSeconds = 60, maxRetryAfterSeconds = 300, limits = {} } = options;
  const { fetch = globalThis.fetch, hosts = hostsBehind(fetch) } = environment;
  const { username, password, origin } = new URL(options.baseUrl);
  if (username || password) throw new ConfigError("An address must not carry a user name and password.");
  const own = secretsOf(options.headers);
  const known = createSecrets([...(options.secrets ?? []), ...own.secrets], own.wholes);
  // The connection's own errors and logs are to hide them too.
  environment.secrets?.learn([...(options.secrets ?? []), ...own.secrets], own.wholes);
  // Its own first: they hold the longer forms, such as a whole header.
  const redact: Redact = (text) => environment.secrets?.redact(known.redact(text)) ?? known.redact(text);
  const learn = (secrets: Iterable<string>) => {
    const all = [...secrets];
    known.learn(all);
    environment.secrets?.learn(all);
  };
  const logger = redactLogger(environment.logger ?? silentLogger, redact);
  const wire: Wire = { fetch, system, headers: toHeaders(system, options.headers), timeoutSeconds, redact };
  const host = hosts.get(origin);
  host.limitTo({ concurrency: limits.concurrency ?? 8, perSecond: limits.perSecond ?? Infinity });
  const { quotaFloor = 0.1, lane: toBucket = () => "" } = limits;

  /** One attempt on the wire: what the answer brought, or what the answer or its absence means. */
  async function send(
    request: HttpRequest,
    lane: string,
    signal: AbortSignal | undefined,
  ): Promise<HttpResponse<unknown>> {
    const { method, path } = request;
    const call = `${method} ${path.replace(/\?.*$/s, "")}`;
    const url = toUrl(options.baseUrl, request);
    learn([...credentialsIn(request.body), ...credentialsInAddress(url)]);
    const { response, text } = await sendRequest({ url, call, request }, wire, signal);
    const limit: RateLimit = { ...readRateLimit(response), ...limits.read?.(response) };
    try {
      const { explain, explainSuccess } = options;
      const { pauseSeconds } = limit;
      const context = { system, call, request: { method, path }, redact, explain, explainSuccess, pauseSeconds };
      const body = readResponse(response, text, context);
      // What signs in brings back a token; a list of anything may have fields of such names.
      if (method === "POST") learn(credentialsIn(body));
      learn(sessionCookies(response.headers));
      return { body, headers: response.headers };
    } catch (error) {
      if (isRateLimited(error)) limit.pauseSeconds = error.retryAfterSeconds;
      throw error;
    } finally {
      const seconds = host.learn({ lane, credential }, limit, response.status);
      if (seconds !== undefined) logger.info({ seconds, lane }, `${system} asks for a pause after ${call}`);
    }
  }

  async function receive(request: HttpRequest): Promise<HttpResponse<unknown>> {
    checkPath(`${system}: ${request.method}`, request.path, redact);
    const { signal: runSignal, usage, work } = runContext.getStore() ?? {};
    const isIdempotent = request.isIdempotent ?? (request.method !== "POST" && request.method !== "PATCH");
    const signal = anySignal(runSignal, request.signal);
    const lane = toBucket(request);
    const count = countAttempts(usage);
    const sendCounted = () =>
      count(() => traceCall(request.method, options.baseUrl, () => send(request, lane, signal)));

    const attempt = () => {
      if (work === "sync") host.quotasOf(credential).forEach((quota) => holdQuotaFloor(system, quota, quotaFloor));
      return host.call(sendCounted, {
        lane,
        credential,
        priority: PRIORITY[work ?? "other"],
        // Several clients of one connection share its turns.
        connection: environment.secrets ?? known,
        signal,
        longestPauseSeconds: maxRetryAfterSeconds,
        toPausedError: (seconds) => notSent("RATE_LIMITED", `${system} asked for a pause`, seconds),
        toDownError: (seconds) =>
          notSent("INTERNAL_ERROR", `${system} failed many times in a row and is left alone`, seconds),
      });
    };
    return retry(
      attempt,
      (error) => {
        if (!isUpstreamError(error) || !error.isRetryable) return undefined;
        if (error.effect !== "none" && !isIdempotent) return undefined;
        if ((error.retryAfterSeconds ?? 0) > maxRetryAfterSeconds) return undefined;
        logger.debug({ retryAfterSeconds: error.retryAfterSeconds }, `retrying: ${error.message}`);
        return { retryAfterSeconds: error.retryAfterSeconds };
      },
      { ...options.retry, signal },
    );
  }

  return {
    async list<Item, Body>(request: HttpRequest, key?: string): Promise<HttpList<Item, Body>> {
      const { body, headers } = await receive(request);
      const items = key === undefined ? body : (body as Record<string, unknown> | null | undefined)?.[key];
      const call = `${request.method} ${request.path.replace(/\?.*$/s, "")}`;
      if (!Array.isArray(items))
        throw UpstreamError.final(redact(`${system} answered ${call} with something that is no list`));
      return { items: items as Item[], body: body as Body, headers };
    },
    async request<T>(request: HttpRequest): Promise<T> {
      return (await receive(request)).body as T;
    },
    async requestWithHeaders<T>(request: HttpRequest): Promise<HttpResponse<T>> {
      return (await receive(request)) as HttpResponse<T>;
    },
  };
}

// A person waits for a check, and somebody's access for a task; a sync comes again.
const PRIORITY = { tasks: 2, other: 1, sync: 0 };

function notSent(code: "RATE_LIMITED" | "INTERNAL_ERROR", what: string, seconds: number): UpstreamError {
  const message = `${what}; it is not called for another ${Math.ceil(seconds)} seconds`;
  return new UpstreamError(message, { code, isRetryable: true, effect: "none", retryAfterSeconds: seconds });
}

function anySignal(...signals: (AbortSignal | undefined)[]): AbortSignal | undefined {
  const present = signals.filter((signal) => signal !== undefined);
  return present.length > 1 ? AbortSignal.any(present) : present[0];
}
