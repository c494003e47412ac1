import { isUpstreamError } from "@bridgekit/core";

/** Whether Jira refuses this part alone, or has it no more: others may be read all the same. */
export function isHidden(error: unknown): boolean {
  return isUpstreamError(error) && (error.status === 403 || error.status === 404);
}
