import type { HttpCall } from "../pipeline.ts";
import { toNetworkError } from "../response/network-error.ts";

interface Wire {
  fetch: typeof globalThis.fetch;
  system: string;
  timeoutSeconds: number;
}

interface RawResponse {
  response: Response;
  text: string;
}

const FORM = "application/x-www-form-urlencoded";

/** Sends a request once and reads the whole response. Throws what `fetch` threw as an `UpstreamError`. */
export async function sendRequest(
  { request, name, endpoint, signal }: HttpCall,
  url: URL,
  { fetch, system, timeoutSeconds }: Wire,
): Promise<RawResponse> {
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
        ...endpoint.headers,
      },
      ...(body !== undefined && { body }),
      // A redirect to a login page would read as a response.
      redirect: "manual",
      signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
    });
    return { response, text: await response.text() };
  } catch (error) {
    signal?.throwIfAborted();
    // The status of a refusal is enough, even without its body.
    if (response && !response.ok) return { response, text: "" };
    throw toNetworkError(error, {
      system,
      call: name,
      redact: endpoint.redact,
      timeoutSeconds,
      isTimeout: deadline.aborted,
      hasBegun: response !== undefined,
    });
  }
}
