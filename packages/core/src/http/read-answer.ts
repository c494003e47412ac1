import { parseRetryAfter } from "@bridgekit/client";
import { UpstreamError } from "../errors/upstream-error.ts";
import type { Redact } from "../redact.ts";
import type { ErrorAnswer, ErrorExplanation } from "./error-answer.ts";
import { explainStatus } from "./explain-status.ts";

export interface AnswerContext {
  system: string;
  call: string;
  request: { method: string; path: string };
  redact: Redact;
  explain: ((answer: ErrorAnswer) => ErrorExplanation | undefined) | undefined;
}

/** The parsed JSON of a success; anything else is thrown, so that no login page ever reads as an empty list. */
export async function readAnswer(response: Response, context: AnswerContext): Promise<unknown> {
  const text = await response.text();
  if (response.ok) return parseSuccess(text, response, context);

  const answer: ErrorAnswer = {
    ...context.request,
    status: response.status,
    headers: response.headers,
    body: parseBody(text),
  };
  const retryAfterSeconds = parseRetryAfter(response.headers.get("retry-after"));
  const byStatus = explainStatus(response.status, retryAfterSeconds);
  const { message, ...byBody } = context.explain?.(answer) ?? {};
  const said = message ?? (typeof answer.body === "string" ? describe(answer.body) : "");
  throw new UpstreamError(
    context.redact(`${context.system} answered ${response.status} to ${context.call}${said && `: ${said}`}`),
    { ...byStatus, ...byBody, retryAfterSeconds, status: response.status, body: answer.body },
  );
}

function parseSuccess(text: string, response: Response, { system, call, redact }: AnswerContext): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    const type = response.headers.get("content-type") ?? "no content type";
    const isCut = /json/.test(type);
    throw new UpstreamError(
      redact(
        isCut
          ? `${system} answered ${call} with JSON that is cut off or broken after ${text.length} characters`
          : `${system} answered ${call} with ${type} where JSON was due (${describe(text)}); is the address right, and does the key still sign in?`,
      ),
      { code: "INTERNAL_ERROR", isRetryable: isCut, effect: "unknown", status: response.status, cause },
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

/** The beginning of a text that is no JSON; of an HTML page, its title. */
function describe(text: string): string {
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1];
  return (title ?? text.replaceAll(/<[^>]*>/g, " ")).replaceAll(/\s+/g, " ").trim().slice(0, 200);
}
