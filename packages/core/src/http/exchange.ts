import { isUpstreamError } from "../errors/upstream-error.ts";
import { credentialsIn, credentialsInAddress, sessionCookies } from "./auth/credentials.ts";
import type { HttpOptions } from "./http-options.ts";
import type { HttpResponse } from "./http.ts";
import type { Send } from "./pipeline.ts";
import { readRateLimit, type RateLimit } from "./rate-limiter/rate-limit.ts";
import { toUrl } from "./request/path.ts";
import { sendRequest } from "./request/send-request.ts";
import { readResponse } from "./response/read-response.ts";

type ExchangeOptions = Pick<HttpOptions, "system" | "explain" | "explainSuccess" | "limits" | "timeoutSeconds">;

/**
 * One request on the wire: sends it, reads the response, and learns rate limits and credentials from both. Throws an
 * `UpstreamError` unless the response is a success.
 */
export function createExchange(
  { system, explain, explainSuccess, limits = {}, timeoutSeconds = 60 }: ExchangeOptions,
  fetch: typeof globalThis.fetch,
): Send {
  return async (call): Promise<HttpResponse<unknown>> => {
    const { request, name, bucket, endpoint } = call;
    const { redact, learn, host, credential, logger } = endpoint;
    const url = toUrl(endpoint.baseUrl, request);
    learn([...credentialsIn(request.body), ...credentialsInAddress(url)]);
    const { response, text } = await sendRequest(call, url, { fetch, system, timeoutSeconds });
    const limit: RateLimit = { ...readRateLimit(response), ...limits.read?.(response) };
    try {
      const { method, path } = request;
      const { pauseSeconds } = limit;
      const context = { system, call: name, request: { method, path }, redact, explain, explainSuccess, pauseSeconds };
      const body = readResponse(response, text, context);
      // A sign-in returns a token; in a list, fields of such names may be anything.
      if (method === "POST") learn(credentialsIn(body));
      learn(sessionCookies(response.headers));
      return { body, headers: response.headers };
    } catch (error) {
      if (isUpstreamError(error, "RATE_LIMITED")) limit.pauseSeconds = error.retryAfterSeconds;
      throw error;
    } finally {
      const pause = host.learn({ bucket, credential }, limit, response.status);
      if (pause) {
        logger.info({ seconds: pause.seconds, bucket }, `${system} asks for a pause after ${name}`);
        endpoint.shared?.limit.pause(endpoint.shared.origin, pause);
      }
    }
  };
}
