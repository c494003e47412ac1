import type { ErrorResponse, ErrorExplanation } from "@bridgekit/core";

/** Reads BambooHR's error responses: the text is in a header, the body is empty or `{error: {code, message}}`. */
export function explainBambooHrError({ path, status, headers, body }: ErrorResponse): ErrorExplanation {
  const message = headers.get("x-bamboohr-error-message") ?? readError(body)?.message;
  // Tables exist for every employee, so the employee is missing.
  if (status === 404 && /^\/api\/v1(?:_1)?\/employees\/\d+(?:\/|$)/.test(path))
    return { message: message ?? "there is no such employee", code: "ACCOUNT_NOT_FOUND" };
  if (status === 401)
    return { message: `${message ?? "the API key is refused"}; is it a key of this company that still exists?` };
  if (status === 403) return { message: `${message ?? "no permission"}; the key has the rights of its user` };
  return { message };
}

/** Some calls are refused with status 200 and an error code in the body. */
export function findErrorInSuccess({ body }: ErrorResponse): ErrorExplanation | undefined {
  const error = readError(body);
  if (!error) return undefined;
  const message = `${error.code}${error.message ? ` ${error.message}` : ""}`;
  return Number(error.code) === 429
    ? { message, code: "RATE_LIMITED", isRetryable: true, effect: "none" }
    : { message };
}

function readError(body: unknown): { code: string | number; message?: string } | undefined {
  if (typeof body !== "object" || body === null || !("error" in body)) return undefined;
  const { error } = body;
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return error as { code: string | number; message?: string };
}
