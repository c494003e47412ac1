import type { ErrorAnswer, ErrorExplanation } from "@bridgekit/core";

// Odoo answers these where two transactions met; nothing of the call was kept.
const CONFLICT = /SerializationFailure|DeadlockDetected|LockNotAvailable|LockError|ConcurrencyError/;

/**
 * Reads Odoo's error answer `{name, message, arguments, context, debug}`. `debug` is a traceback and never shown. An
 * error that Odoo itself answers was rolled back, so its effect is none.
 */
export function explainOdooError({ status, body }: ErrorAnswer): ErrorExplanation | undefined {
  if (typeof body !== "object" || body === null || !("name" in body) || !("message" in body)) return undefined;
  const name = String(body.name);
  const message = String(body.message).trim();
  const explanation = { message: `${message} (${name})`, isRetryable: false, effect: "none" as const };

  if (CONFLICT.test(name) || status === 409) return { ...explanation, code: "INTERNAL_ERROR", isRetryable: true };
  switch (status) {
    case 401:
    case 403:
      return { ...explanation, code: "PERMISSION_DENIED" };
    case 404:
      // The record that is missing may as well be a group; its model is named in every language.
      return name.endsWith("MissingError") && message.includes("res.users(")
        ? { ...explanation, code: "ACCOUNT_NOT_FOUND" }
        : { ...explanation, code: "INTERNAL_ERROR" };
    case 429:
    case 503:
      return { ...explanation, code: "RATE_LIMITED", isRetryable: true };
    default:
      return { ...explanation, code: "INTERNAL_ERROR" };
  }
}
