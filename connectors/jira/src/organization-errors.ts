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
  const { errors, message } = body as { errors?: OrganizationError[]; message?: string };
  if (!Array.isArray(errors)) return typeof message === "string" ? { message } : undefined;
  const text = errors
    .map(({ code, title, detail }) => `${detail ?? title ?? "no reason"} (${code ?? "no code"})`)
    .join("; ");
  if (status === 404 && errors.some(({ code }) => code === NO_SUCH_USER))
    return { message: text, code: "ACCOUNT_NOT_FOUND" };
  return { message: text };
}
