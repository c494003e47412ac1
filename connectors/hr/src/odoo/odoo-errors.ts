import type { ErrorResponse, ErrorExplanation } from "@bridgekit/core";

// Odoo answers these where two transactions met; nothing of the call was kept.
const CONFLICT = /SerializationFailure|DeadlockDetected|LockNotAvailable|LockError|ConcurrencyError/;
// Odoo lost its database in the middle of the call, and can't know what became of the transaction.
const DATABASE_LOST = /^psycopg2\.(?:Interface|Operational)Error$/;

const LOST = { code: "INTERNAL_ERROR", isRetryable: true, effect: "unknown" } as const;
const CODES = { 401: "PERMISSION_DENIED", 403: "PERMISSION_DENIED", 429: "RATE_LIMITED", 503: "RATE_LIMITED" } as const;

/**
 * Reads Odoo's error answer `{name, message, arguments, context, debug}`. `debug` is a traceback and never shown. An
 * error that Odoo itself answers was rolled back, so its effect is none, unless its database was lost.
 */
export function explainOdooError({ status, body }: ErrorResponse): ErrorExplanation | undefined {
  if (status === 404 && typeof body === "string" && body.includes("No database is selected"))
    return {
      ...LOST,
      message:
        "No database is selected: either Odoo's database server is down, or it has no database of the name that " +
        "config.database says, or it has several and config.database says none",
    };
  const { name, message } = Object(body) as { name?: unknown; message?: unknown };
  if (typeof name !== "string" || typeof message !== "string") return undefined;
  const text = `${message.trim()} (${name})`;
  if (DATABASE_LOST.test(name)) return { ...LOST, message: `Odoo lost the connection to its database: ${text}` };
  // The record that is missing may as well be a group; its model is named in every language.
  const isUser = status === 404 && name.endsWith("MissingError") && text.includes("res.users(");
  const byStatus = CODES[status as keyof typeof CODES] ?? "INTERNAL_ERROR";
  const isConflict = CONFLICT.test(name) || status === 409;
  const code = isConflict ? "INTERNAL_ERROR" : isUser ? "ACCOUNT_NOT_FOUND" : byStatus;
  return { message: text, code, isRetryable: isConflict || code === "RATE_LIMITED", effect: "none" };
}
