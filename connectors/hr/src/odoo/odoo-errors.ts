import type { ErrorResponse, ErrorExplanation } from "@bridgekit/core";

// Conflicts of two transactions; the call was rolled back.
const CONFLICT = /SerializationFailure|DeadlockDetected|LockNotAvailable|LockError|ConcurrencyError/;
// Odoo lost its database during the call, so the fate of the transaction is unknown.
const DATABASE_LOST = /^psycopg2\.(?:Interface|Operational)Error$/;

const LOST = { code: "INTERNAL_ERROR", isRetryable: true, effect: "unknown" } as const;
const CODES = { 401: "PERMISSION_DENIED", 403: "PERMISSION_DENIED", 429: "RATE_LIMITED", 503: "RATE_LIMITED" } as const;

/**
 * Reads Odoo's error response `{name, message, arguments, context, debug}`. `debug` is a traceback and never shown. A call
 * that fails with an error of Odoo is rolled back, so its effect is none, unless the database was lost.
 */
export function explainOdooError({ status, body }: ErrorResponse): ErrorExplanation | undefined {
  if (status === 404 && typeof body === "string" && body.includes("No database is selected"))
    return {
      ...LOST,
      message:
        "No database is selected: either Odoo's database server is down, or it has no database with the name in " +
        "config.database, or it has several and config.database is not set",
    };
  const { name, message } = Object(body) as { name?: unknown; message?: unknown };
  if (typeof name !== "string" || typeof message !== "string") return undefined;
  const text = `${message.trim()} (${name})`;
  if (DATABASE_LOST.test(name)) return { ...LOST, message: `Odoo lost the connection to its database: ${text}` };
  // The missing record may also be a group; the message names its model in every language.
  const isUser = status === 404 && name.endsWith("MissingError") && text.includes("res.users(");
  const byStatus = CODES[status as keyof typeof CODES] ?? "INTERNAL_ERROR";
  const isConflict = CONFLICT.test(name) || status === 409;
  const code = isConflict ? "INTERNAL_ERROR" : isUser ? "ACCOUNT_NOT_FOUND" : byStatus;
  return { message: text, code, isRetryable: isConflict || code === "RATE_LIMITED", effect: "none" };
}
