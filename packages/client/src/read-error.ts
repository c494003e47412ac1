import { ApiError } from "./api-error.ts";

/** Turns an answer that is no success into the error that says so. */
export async function readError(request: Request, response: Response): Promise<ApiError> {
  const call = `${request.method} ${new URL(request.url).pathname}`;
  const text = await response.text().catch(() => "");
  return new ApiError(call, response.status, toDetail(text, response), toRetryAfter(response));
}

function toDetail(text: string, response: Response): string {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && "detail" in body)
      return typeof body.detail === "string" ? body.detail : JSON.stringify(body.detail);
  } catch {
    // Not the Bridge's own answer: a proxy, a login page, an empty body. Described below.
  }
  const type = response.headers.get("content-type") ?? "no content type";
  return text === "" ? "(empty body)" : `(${type}) ${text.replaceAll(/\s+/g, " ").trim().slice(0, 200)}`;
}

function toRetryAfter(response: Response): number | undefined {
  const header = response.headers.get("retry-after");
  if (header === null) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}
