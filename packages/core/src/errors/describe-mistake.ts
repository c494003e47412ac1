import { isConfigError } from "./config-error.ts";
import { isSyncError } from "./sync-error.ts";
import { isTaskError } from "./task-error.ts";
import { isUpstreamError } from "./upstream-error.ts";

/**
 * Describes an error that a connector threw. An error that is not one of ours is most likely a mistake in the connector, so
 * its location is added. `what` names the part: `stream "account"`.
 */
export function describeMistake(error: unknown, what: string): string {
  if (isUpstreamError(error) || isTaskError(error) || isSyncError(error) || isConfigError(error)) return error.message;
  if (!(error instanceof Error)) return `The ${what} threw ${String(error)}`;
  // Connectors throw plain errors on purpose; other classes, such as TypeError, are mistakes.
  if (error.constructor === Error) return error.message || `The ${what} failed without a message`;
  const place = /\(?((?:file:\/\/)?\/[^\s()]+:\d+:\d+)\)?/.exec(error.stack ?? "")?.[1];
  return `The ${what} failed: ${error.message}${place ? ` (${place.replace("file://", "")})` : ""}`;
}
