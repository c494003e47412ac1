import type { ErrorAnswer, ErrorExplanation } from "@bridgekit/core";

interface OrganizationError {
  code?: string;
  title?: string;
  detail?: string;
}

const NO_SUCH_USER = "ADMIN-404-8";

/** Reads the error answers of Atlassian's Organizations API, `{errors: [{code, title, detail}]}`, and of its gateway. */
export function explainOrganizationError({ status, body }: ErrorAnswer): ErrorExplanation | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { errors, message, key } = body as { errors?: OrganizationError[]; message?: string; key?: string };
  // The User management API says no more than a word: `forbidden.action`.
  if (key === "accountNotFound") return { message: key, code: "ACCOUNT_NOT_FOUND" };
  if (!Array.isArray(errors)) {
    const text = message ?? key;
    return typeof text === "string" ? { message: text } : undefined;
  }
  const text = errors
    .map(({ code, title, detail }) => `${detail ?? title ?? "no reason"} (${code ?? "no code"})`)
    .join("; ");
  if (status === 404 && errors.some(({ code }) => code === NO_SUCH_USER))
    return { message: text, code: "ACCOUNT_NOT_FOUND" };
  return { message: text };
}
