import { UpstreamError } from "../errors/upstream-error.ts";
import { redactValue } from "../redact-value.ts";
import type { Redact } from "../redact.ts";
import { parseRetryAfter } from "@bridgekit/client";
import type { ErrorResponse, ErrorExplanation } from "./error-response.ts";
import { explainStatus } from "./explain-status.ts";

export interface ResponseContext {
  system: string;
  call: string;
  request: { method: string; path: string };
  redact: Redact;
  /** Seconds for which the limits that the answer tells of ask to pause. */
  pauseSeconds: number | undefined;
  explain: ((answer: ErrorResponse) => ErrorExplanation | undefined) | undefined;
  /** Finds an error in a success. */
  explainSuccess: ((answer: ErrorResponse) => ErrorExplanation | undefined) | undefined;
}

/** The parsed JSON of a success; anything else is thrown, so that no login page ever reads as an empty list. */
export function readResponse(response: Response, text: string, context: ResponseContext): unknown {
  if (response.ok) return parseSuccess(text, response, context);

  const answer: ErrorResponse = {
    ...context.request,
    status: response.status,
    headers: response.headers,
    body: redactValue(parseBody(text), context.redact),
  };
  const retryAfterSeconds = parseRetryAfter(response.headers.get("retry-after")) ?? context.pauseSeconds;
  const byStatus = explainStatus(response.status, retryAfterSeconds);
  const { message, ...byBody } = context.explain?.(answer) ?? {};
  const said = message ?? describeRedirect(response) ?? (typeof answer.body === "string" ? describe(answer.body) : "");
  throw new UpstreamError(
    context.redact(`${context.system} answered ${response.status} to ${context.call}${said && `: ${said}`}`),
    { retryAfterSeconds, ...byStatus, ...byBody, status: response.status, body: answer.body },
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
    redact(`${system} answered ${status} to ${call}, and in it an error${message === undefined ? "" : `: ${message}`}`),
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
    // What the parser says is left out: it quotes the text, and may quote half a secret.
    const type = response.headers.get("content-type") ?? "no content type";
    const isCut = /json/.test(type);
    throw new UpstreamError(
      redact(
        isCut
          ? `${system} answered ${call} with JSON that is cut off or broken after ${text.length} characters`
          : `${system} answered ${call} with ${type} where JSON was due (${describe(redact(text))}); is the address right, and does the key still sign in?`,
      ),
      { code: "INTERNAL_ERROR", isRetryable: isCut, effect: "unknown", status: response.status },
    );
  }
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Where a redirect leads to, without its query: that is where sign-in pages get their tokens. */
function describeRedirect({ status, headers }: Response): string | undefined {
  const location = headers.get("location");
  if (status < 300 || status > 399 || location === null) return undefined;
  return `it redirects to ${location.replace(/[?#].*$/s, "")}; is the address right, and does the key still sign in?`;
}

/** The beginning of a text that is no JSON; of an HTML page, its title. Cuts, so its text must hold no secret. */
function describe(text: string): string {
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1];
  return (title ?? text.replaceAll(/<[^>]*>/g, " ")).replaceAll(/\s+/g, " ").trim().slice(0, 200);
}
