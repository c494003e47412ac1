import { parseRetryAfter } from "@bridgekit/client";
import { UpstreamError, type UpstreamErrorOptions } from "../../errors/upstream-error.ts";
import { redactValue } from "../../redact-value.ts";
import type { Redact } from "../../redact.ts";
import type { ErrorResponse, ErrorExplanation } from "./error-response.ts";

export interface ResponseContext {
  system: string;
  call: string;
  request: { method: string; path: string };
  redact: Redact;
  /** Seconds of the pause that the rate limits in the response ask for. */
  pauseSeconds: number | undefined;
  explain: ((response: ErrorResponse) => ErrorExplanation | undefined) | undefined;
  /** Finds an error in a success. */
  explainSuccess: ((response: ErrorResponse) => ErrorExplanation | undefined) | undefined;
}

/** Returns the parsed JSON of a success. Throws anything else, so that a login page never reads as an empty list. */
export function readResponse(response: Response, text: string, context: ResponseContext): unknown {
  if (response.ok) return parseSuccess(text, response, context);

  const error: ErrorResponse = {
    ...context.request,
    status: response.status,
    headers: response.headers,
    body: redactValue(parseBody(text), context.redact),
  };
  const retryAfterSeconds = parseRetryAfter(response.headers.get("retry-after")) ?? context.pauseSeconds;
  const byStatus = explainStatus(response.status, retryAfterSeconds);
  const { message, ...byBody } = context.explain?.(error) ?? {};
  const said = message ?? describeRedirect(response) ?? (typeof error.body === "string" ? describe(error.body) : "");
  throw new UpstreamError(
    context.redact(`${context.system} returned ${response.status} to ${context.call}${said && `: ${said}`}`),
    { retryAfterSeconds, ...byStatus, ...byBody, status: response.status, body: error.body },
  );
}

function parseSuccess(text: string, response: Response, context: ResponseContext): unknown {
  const body = text === "" ? undefined : parseJson(text, response, context);
  const { status, headers } = response;
  const { request, system, call, redact, pauseSeconds } = context;
  const explanation = context.explainSuccess?.({ ...request, status, headers, body });
  if (!explanation) return body;
  const { message, ...explained } = explanation;
  throw new UpstreamError(
    redact(`${system} returned ${status} to ${call} with an error in it${message === undefined ? "" : `: ${message}`}`),
    {
      code: "INTERNAL_ERROR",
      isRetryable: false,
      effect: "unknown",
      retryAfterSeconds: parseRetryAfter(headers.get("retry-after")) ?? pauseSeconds,
      ...explained,
      status,
      body: redactValue(body, redact),
    },
  );
}

function parseJson(text: string, response: Response, { system, call, redact }: ResponseContext): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message is left out: it quotes the text, perhaps half a secret.
    const type = response.headers.get("content-type") ?? "no content type";
    const isIncomplete = /json/.test(type);
    throw new UpstreamError(
      redact(
        isIncomplete
          ? `${system} returned incomplete or broken JSON of ${text.length} characters to ${call}`
          : `${system} returned no JSON to ${call} but ${type} (${describe(redact(text))}); is the address right, and is the key still valid?`,
      ),
      { code: "INTERNAL_ERROR", isRetryable: isIncomplete, effect: "unknown", status: response.status },
    );
  }
}

/** What an error status means by itself. */
function explainStatus(
  status: number,
  retryAfterSeconds: number | undefined,
): Pick<UpstreamErrorOptions, "code" | "isRetryable" | "effect"> {
  if (status === 429) return { code: "RATE_LIMITED", isRetryable: true, effect: "none" };
  // A 503 with a Retry-After is a rate limit that refused the call; without one a proxy may have lost the response.
  if (status === 503)
    return { code: "RATE_LIMITED", isRetryable: true, effect: retryAfterSeconds === undefined ? "unknown" : "none" };
  if (status === 401 || status === 403) return { code: "PERMISSION_DENIED", isRetryable: false, effect: "none" };
  if (status === 408 || status === 504) return { code: "TIMEOUT", isRetryable: true, effect: "unknown" };
  if (status >= 500) return { code: "INTERNAL_ERROR", isRetryable: true, effect: "unknown" };
  return { code: "INTERNAL_ERROR", isRetryable: false, effect: "none" };
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Describes a redirect without its query, which may have the token of a sign-in page. */
function describeRedirect({ status, headers }: Response): string | undefined {
  const location = headers.get("location");
  if (status < 300 || status > 399 || location === null) return undefined;
  return `it redirects to ${location.replace(/[?#].*$/s, "")}; is the address right, and is the key still valid?`;
}

/** Returns the beginning of a text that is not JSON, or the title of an HTML page. The text must be redacted: it is truncated. */
function describe(text: string): string {
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1];
  return (title ?? text.replaceAll(/<[^>]*>/g, " ")).replaceAll(/\s+/g, " ").trim().slice(0, 200);
}
