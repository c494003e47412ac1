import type { ErrorAnswer, ErrorExplanation } from "@bridgekit/core";

/** Reads Gitea's error answer `{message, url}`. */
export function explainGiteaError({ path, status, body }: ErrorAnswer): ErrorExplanation {
  const { message } = (typeof body === "object" && body !== null ? body : {}) as { message?: string };
  return status === 404 && path.startsWith("/api/v1/admin/users/")
    ? { code: "ACCOUNT_NOT_FOUND", message }
    : { message };
}
