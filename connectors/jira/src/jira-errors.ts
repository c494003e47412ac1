import type { ErrorAnswer, ErrorExplanation } from "@bridgekit/core";

// Calls that name a user and nothing else: only there a 404 can but mean the account.
const USER_PATHS = new Set(["/rest/api/3/user", "/rest/api/3/user/groups"]);

/** Reads Jira's error answer `{errorMessages, errors}`. It has texts and no codes. */
export function explainJiraError({ path, status, body }: ErrorAnswer): ErrorExplanation | undefined {
  const message = readMessage(body);
  if (message === undefined) return undefined;
  if (status === 404 && USER_PATHS.has(path)) return { message, code: "ACCOUNT_NOT_FOUND" };
  // A list of users that took Jira more than 10 seconds.
  if (status === 409 && path === "/rest/api/3/users/search")
    return { message, code: "TIMEOUT", isRetryable: true, effect: "none" };
  return { message };
}

function readMessage(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { errorMessages, errors } = body as { errorMessages?: unknown; errors?: unknown };
  if (!Array.isArray(errorMessages) && typeof errors !== "object") return undefined;
  const ofFields = Object.entries(errors ?? {}).map(([field, text]) => `${field}: ${text}`);
  return [...((errorMessages as string[] | undefined) ?? []), ...ofFields].join("; ");
}
