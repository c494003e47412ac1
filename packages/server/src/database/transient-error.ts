// PostgreSQL, appendix A. These classes pass by themselves, or once an administrator of the database has acted:
// connections, credentials, conflicting transactions, a full disk or memory, a shutdown or a time limit, and the
// operating system.
const TRANSIENT_CLASSES = new Set(["08", "28", "40", "53", "57", "58"]);
const LOCK_NOT_AVAILABLE = "55P03";
const STATEMENT_CANCELLED = "57014";
// The driver's own messages, which have no code: a connection does not respond, or none is free.
const TOO_SLOW = /^(Query read timeout|timeout exceeded when trying to connect)/;
// A newer Bridge has added columns to a table.
const STALE_STATEMENT = /^cached plan must not change result type/;
// It does not exist, or exists already.
const LOST_STATEMENT = ["26000", "42P05"] as const;
const CONNECTION_LOST =
  /^(Connection terminated|The connection to the database was dropped|Client (has encountered a connection error|was closed))/;

const LOST_TROUBLE = "lost a statement that the Bridge had prepared, like a pooler between two transactions";

/** How a database that an administrator must act on treats the Bridge, by code. */
const TROUBLE: Readonly<Record<string, string>> = {
  // A failover left the connection on what is a standby now, or changes are not allowed.
  "25006": "allows no changes now, like a standby",
  "25P03": "ends transactions of the Bridge that wait too long",
  "25P04": "ends transactions of the Bridge that take too long",
  "26000": LOST_TROUBLE,
  "3D000": "does not exist any more",
  "42P05": LOST_TROUBLE,
  "42501": "refuses something to the Bridge's user that it needs",
  "53100": "has no space left on its disk",
  "53200": "has no memory left",
  "53300": "has no connection left for the Bridge",
  "55000": "accepts no connections now",
};

/** Whether a database failure may pass, so that the same statements may succeed later. */
export function isTransientError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as Error & { code?: unknown; syscall?: unknown };
  if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code))
    return (
      TRANSIENT_CLASSES.has(code.slice(0, 2)) ||
      code === LOCK_NOT_AVAILABLE ||
      Object.hasOwn(TROUBLE, code) ||
      isStaleStatement(error)
    );
  // A network failure, such as ECONNREFUSED.
  if (typeof syscall === "string") return true;
  return error.name === "DatabaseFailure" || TOO_SLOW.test(error.message) || CONNECTION_LOST.test(error.message);
}

/** Whether the database took too long: a statement exceeded its time limit, or no connection became free. */
export function isTooSlow(error: Error): boolean {
  return hasCode(error, STATEMENT_CANCELLED) || TOO_SLOW.test(error.message);
}

/** What a caller is told about a failure of the database that may pass; undefined if it is none. */
export function describeTrouble(error: Error): string | undefined {
  if (!isTransientError(error)) return undefined;
  const { code = "" } = error as { code?: string };
  return TROUBLE[code] ?? "does not serve the Bridge now";
}

/** Whether a transaction was rolled back because of another one (deadlock or conflict); it may be retried at once. */
export function isConflict(error: unknown): boolean {
  return hasCode(error, "40P01", "40001");
}

/** Whether a connection prepared a statement before its tables were changed. Another connection can execute it. */
export function isStaleStatement(error: Error): boolean {
  return STALE_STATEMENT.test(error.message);
}

/** Whether the database allows no changes: another server may by now. */
export function isReadOnlyError(error: Error): boolean {
  return hasCode(error, "25006");
}

/** Whether a prepared statement is not there, or another is: the connection is shared with others. */
export function isLostStatement(error: Error): boolean {
  return hasCode(error, ...LOST_STATEMENT);
}

/** Whether an error has one of these codes, of PostgreSQL's appendix A. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.some((code) => code === error.code);
}
