import { ApiError } from "./api-error.ts";
import { parseRetryAfter } from "./retry-after.ts";

/** Converts an unsuccessful response to an `ApiError`. */
export async function readError(request: Request, response: Response): Promise<ApiError> {
  const call = `${request.method} ${new URL(request.url).pathname}`;
  const text = await response.text().catch(() => "");
  const detail = readDetail(text);
  const retryAfter = parseRetryAfter(response.headers.get("retry-after"));
  const requestId = response.headers.get("x-request-id") ?? undefined;
  const isFromBridge = detail !== undefined;
  return new ApiError(call, response.status, detail ?? describe(text, response), retryAfter, isFromBridge, requestId);
}

function readDetail(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== "object" || body === null || !("detail" in body)) return undefined;
    return typeof body.detail === "string" ? body.detail : JSON.stringify(body.detail);
  } catch {
    return undefined;
  }
}

/** Describes a response that did not come from the Bridge: a proxy's, a login page, an empty body. */
function describe(text: string, response: Response): string {
  const type = response.headers.get("content-type") ?? "no content type";
  return text === "" ? "(empty body)" : `(${type}) ${text.replaceAll(/\s+/g, " ").trim().slice(0, 200)}`;
}
