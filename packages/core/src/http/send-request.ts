import type { Redact } from "../redact.ts";
import { toNetworkError } from "./network-error.ts";
import type { HttpRequest } from "./request-parts.ts";

export interface Wire {
  fetch: typeof globalThis.fetch;
  system: string;
  headers: Record<string, string>;
  timeoutSeconds: number;
  redact: Redact;
}

export interface Answer {
  response: Response;
  text: string;
}

const FORM = "application/x-www-form-urlencoded";

/** Sends a request once and reads the whole answer. Throws what `fetch` threw as an `UpstreamError`. */
export async function sendRequest(
  { url, call, request }: { url: URL; call: string; request: HttpRequest },
  { fetch, system, headers, timeoutSeconds, redact }: Wire,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const isForm = request.body instanceof URLSearchParams;
  const body = isForm ? String(request.body) : JSON.stringify(request.body);
  const deadline = AbortSignal.timeout(timeoutSeconds * 1000);
  let response: Response | undefined;
  try {
    response = await fetch(url, {
      method: request.method,
      headers: {
        accept: "application/json",
        ...(body !== undefined && { "content-type": isForm ? FORM : "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      // A redirect to a login page would read as an answer.
      redirect: "manual",
      signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
    });
    return { response, text: await response.text() };
  } catch (error) {
    signal?.throwIfAborted();
    // What the status of a refusal says holds without its body.
    if (response && !response.ok) return { response, text: "" };
    const isTimeout = deadline.aborted;
    throw toNetworkError(error, {
      system,
      call,
      redact,
      timeoutSeconds,
      isTimeout,
      isDelivered: response !== undefined,
    });
  }
}
