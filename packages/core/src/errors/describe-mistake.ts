import { isConfigError } from "./config-error.ts";
import { isSyncError } from "./sync-error.ts";
import { isTaskError } from "./task-error.ts";
import { isUpstreamError } from "./upstream-error.ts";

/**
 * What to tell of an error that a connector threw. Ours speak for themselves; anything else is most likely a mistake
 * in the connector, so the place is told too. `what` names the part: `stream "account"`.
 */
export function describeMistake(error: unknown, what: string): string {
  if (isUpstreamError(error) || isTaskError(error) || isSyncError(error) || isConfigError(error)) return error.message;
  if (!(error instanceof Error)) return `The ${what} threw ${String(error)}`;
  // A plain Error is how connectors say things; the other kinds are what JavaScript says of a mistake.
  if (error.constructor === Error) return error.message || `The ${what} failed without saying why`;
  const place = /\(?((?:file:\/\/)?\/[^\s()]+:\d+:\d+)\)?/.exec(error.stack ?? "")?.[1];
  return `The ${what} failed: ${error.message}${place ? ` (${place.replace("file://", "")})` : ""}`;
}
