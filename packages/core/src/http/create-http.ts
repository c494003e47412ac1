import { UpstreamError } from "../errors/upstream-error.ts";
import { runContext } from "../run-context.ts";
import { traceCall } from "../telemetry/trace-call.ts";
import { credentialOf } from "./auth/credentials.ts";
import { renewToken, type Token } from "./auth/renew-token.ts";
import { openEndpoint } from "./endpoint.ts";
import { createExchange } from "./exchange.ts";
import type { HttpEnvironment, HttpOptions } from "./http-options.ts";
import type { Http, HttpList, HttpRequest, HttpResponse } from "./http.ts";
import { createPipeline, throughGate, type Gate, type HttpCall } from "./pipeline.ts";
import { breakCircuit, keepQuotaForTasks, waitForTurn } from "./rate-limiter/steps.ts";
import { checkPath } from "./request/path.ts";
import { retryWithBackoff } from "./retry-with-backoff.ts";
import { UsageMeter } from "./usage-meter.ts";

/**
 * Creates the HTTP of an API client. A call is retried only if that is safe. All calls to a host go through one queue, tasks
 * before syncs.
 */
export function createHttp(options: HttpOptions, environment: HttpEnvironment = {}): Http {
  const { system, auth, maxRetryAfterSeconds = 300, limits = {} } = options;
  const { fetch = globalThis.fetch } = environment;
  // Rate limits outlast a token, so a connection that signs in is known by its secrets.
  const credential = (auth ? undefined : credentialOf(options.headers)) ?? environment.secrets ?? {};
  const open = (token?: Token) => openEndpoint(options, environment, credential, token);
  const endpoint = open();

  const send = createPipeline(
    [
      checkPath(system),
      ...(auth ? [renewToken(auth, open)] : []),
      retryWithBackoff(options.retry, maxRetryAfterSeconds),
      keepQuotaForTasks(system, limits),
      throughGate(waitForTurn(system, maxRetryAfterSeconds)),
      throughGate(breakCircuit(system)),
      throughGate(countUsage),
      throughGate(traceRequest),
    ],
    createExchange(options, fetch),
  );

  function toCall(request: HttpRequest): HttpCall {
    const run = runContext.getStore();
    return {
      request,
      name: `${request.method} ${request.path.replace(/\?.*$/s, "")}`,
      endpoint,
      bucket: limits.bucket?.(request) ?? "",
      signal: anySignal(run?.signal, request.signal),
      work: run?.work,
      meter: new UsageMeter(run),
    };
  }

  return {
    async request<T>(request: HttpRequest): Promise<T> {
      return (await send(toCall(request))).body as T;
    },
    async requestWithHeaders<T>(request: HttpRequest): Promise<HttpResponse<T>> {
      return (await send(toCall(request))) as HttpResponse<T>;
    },
    async list<Item, Body>(request: HttpRequest, key?: string): Promise<HttpList<Item, Body>> {
      const call = toCall(request);
      const { body, headers } = await send(call);
      const items = key === undefined ? body : (body as Record<string, unknown> | null | undefined)?.[key];
      if (!Array.isArray(items))
        throw UpstreamError.final(call.endpoint.redact(`${system} returned no list to ${call.name}`));
      return { items: items as Item[], body: body as Body, headers };
    },
  };
}

const countUsage: Gate = (call, pass) => call.meter.count(pass);

const traceRequest: Gate = (call, pass) => traceCall(call.request.method, call.endpoint.baseUrl, pass);

function anySignal(...signals: (AbortSignal | undefined)[]): AbortSignal | undefined {
  const present = signals.filter((signal) => signal !== undefined);
  return present.length > 1 ? AbortSignal.any(present) : present[0];
}
