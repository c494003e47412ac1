import type { ErrorAnswer, ErrorExplanation } from "@bridgekit/core";

// Odoo answers these where two transactions met; nothing of the call was kept.
const CONFLICT = /SerializationFailure|DeadlockDetected|LockNotAvailable|LockError|ConcurrencyError/;

// Odoo lost its database in the middle of the call, and can't know what became of the transaction.
const DATABASE_LOST = /^psycopg2\.(?:Interface|Operational)Error$/;

/**
 * Reads Odoo's error answer `{name, message, arguments, context, debug}`. `debug` is a traceback and never shown. An
 * error that Odoo itself answers was rolled back, so its effect is none, unless its database was lost.
 */
export function explainOdooError({ status, body }: ErrorAnswer): ErrorExplanation | undefined {
  if (status === 404 && typeof body === "string" && body.includes("No database is selected"))
    return {
      message:
        "No database is selected: either Odoo's database server is down, or it has no database of the name that " +
        "config.database says, or it has several and config.database says none",
      code: "INTERNAL_ERROR",
      isRetryable: true,
      effect: "unknown",
    };
  if (typeof body !== "object" || body === null || !("name" in body) || !("message" in body)) return undefined;
  const name = String(body.name);
  const message = String(body.message).trim();
  const explanation = { message: `${message} (${name})`, isRetryable: false, effect: "none" as const };

  if (DATABASE_LOST.test(name))
    return {
      message: `Odoo lost the connection to its database: ${explanation.message}`,
      code: "INTERNAL_ERROR",
      isRetryable: true,
      effect: "unknown",
    };
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
