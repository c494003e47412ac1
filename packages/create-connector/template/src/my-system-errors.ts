import type { ErrorAnswer, ErrorExplanation } from "@bridgekit/core";

/** Reads the error answer `{error: {message}}`. By its status alone a 404 would say nothing of the account. */
export function explainMySystemError({ path, status, body }: ErrorAnswer): ErrorExplanation {
  const { error } = (typeof body === "object" && body !== null ? body : {}) as { error?: { message?: string } };
  const message = error?.message;
  return status === 404 && path.startsWith("/api/users/") ? { code: "ACCOUNT_NOT_FOUND", message } : { message };
}
