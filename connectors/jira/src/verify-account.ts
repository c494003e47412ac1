import { isUpstreamError, UpstreamError, type PayloadOf, type TaskAction } from "@bridgekit/core";
import type { JiraClient } from "./jira-client.ts";
import type { JiraGroup } from "./jira-models.ts";
import { isDeactivated, isSuspended, type OrganizationClient } from "./organization-client.ts";

interface Client {
  jira: JiraClient;
  organization: OrganizationClient | undefined;
}

/**
 * Reads an account back by one call, from where it was changed: what follows later elsewhere (Jira's `active` after a
 * suspension, its search, seats) would be told as a failure. Products and project roles would each take another call.
 */
export async function verifyAccount({ jira, organization }: Client, payload: PayloadOf<any>, action: TaskAction) {
  const { account, memberships = {}, changes = {} } = payload;
  if (action === "suspend_account" || action === "unsuspend_account") {
    const user = await organization!.getUser(account.id);
    const active = isDeactivated(user) ? "inactive" : "active";
    return { status: isSuspended(user) ? "suspended" : active } as const;
  }
  if (action === "delete_account") {
    const { active } = await jira.getUser(account.id);
    return { status: active ? "active" : "inactive" } as const;
  }
  const group = (await readGroups(jira, account.id, action)).map(({ groupId }) => ({ id: groupId }));
  const given = [...(memberships.group ?? []), ...(changes.group?.added ?? [])];
  const lacking = given.filter((ref) => !group.some(({ id }) => id === ref.id));
  if (lacking.length > 0)
    throw notYet(jira, `that ${account.id} is in group ${lacking.map(({ id }) => id).join(", ")}`);
  return { memberships: { group } };
}

async function readGroups(jira: JiraClient, accountId: string, action: TaskAction): Promise<JiraGroup[]> {
  try {
    return await jira.groupsOf(accountId);
  } catch (error) {
    // An account that was made a moment ago may not show before its invitation is accepted.
    const isNew = action === "create_account" && isUpstreamError(error) && error.code === "ACCOUNT_NOT_FOUND";
    throw isNew ? notYet(jira, `user ${accountId}`) : error;
  }
}

/** What was given may take Jira a while to show, so it is not known; what was taken and is still there is a failure. */
function notYet(jira: JiraClient, what: string): UpstreamError {
  return new UpstreamError(`${jira.system} does not show yet ${what}`, {
    code: "INTERNAL_ERROR",
    isRetryable: true,
    effect: "none",
  });
}
