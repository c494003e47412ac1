import { isUpstreamError } from "@bridgekit/core";
import type { JiraClient } from "../jira-client.ts";

/** Removes the user from the site. The Atlassian account lives on; it belongs to the person. */
export async function deleteAccount(
  jira: JiraClient,
  accountId: string,
  interruptedAt: Date | undefined,
): Promise<void> {
  try {
    await jira.deleteUser(accountId);
  } catch (error) {
    if (!isUpstreamError(error)) throw error;
    // An execution that was cut off has deleted it.
    if (error.code === "ACCOUNT_NOT_FOUND" && interruptedAt) return;
    if (error.effect !== "unknown") throw error;
    await deleteAgain(jira, accountId);
  }
}

/** After an answer that was lost: that the user is gone now is what was wanted. */
async function deleteAgain(jira: JiraClient, accountId: string): Promise<void> {
  try {
    await jira.deleteUser(accountId);
  } catch (error) {
    if (!isUpstreamError(error) || error.code !== "ACCOUNT_NOT_FOUND") throw error;
  }
}
