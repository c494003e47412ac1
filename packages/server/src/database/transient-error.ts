// PostgreSQL, appendix A. These classes pass by themselves: connections, conflicting transactions, a full disk or
// memory, a shutdown or a time limit, and the operating system.
const TRANSIENT_CLASSES = new Set(["08", "40", "53", "57", "58"]);
const LOCK_NOT_AVAILABLE = "55P03";
const STATEMENT_CANCELLED = "57014";
// The driver's own messages, which have no code: a connection does not respond, or none is free.
const TOO_SLOW = /^(Query read timeout|timeout exceeded when trying to connect)/;
const CONNECTION_LOST = /^(Connection terminated|The connection to the database was dropped)/;

/** Whether a database failure may pass, so that the same statements may succeed later. */
export function isTransientError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as Error & { code?: unknown; syscall?: unknown };
  if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code))
    return TRANSIENT_CLASSES.has(code.slice(0, 2)) || code === LOCK_NOT_AVAILABLE;
  // A network failure, such as ECONNREFUSED.
  if (typeof syscall === "string") return true;
  return error.name === "DatabaseFailure" || TOO_SLOW.test(error.message) || CONNECTION_LOST.test(error.message);
}

/** Whether the database took too long: a statement exceeded its time limit, or no connection became free. */
export function isTooSlow(error: Error): boolean {
  return ("code" in error && error.code === STATEMENT_CANCELLED) || TOO_SLOW.test(error.message);
}

/** Whether a transaction was rolled back because of another one (deadlock or conflict); it may be retried at once. */
export function isConflict(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "40P01" || error.code === "40001");
}
