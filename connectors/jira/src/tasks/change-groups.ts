import { isUpstreamError, TaskError, type Ref, type RefChange } from "@bridgekit/core";
import type { JiraClient } from "../jira-client.ts";
import { explainRefusal } from "./explain-refusal.ts";

/** An account and the ids of its groups, kept up to date while it is changed. */
export interface Member {
  accountId: string;
  groupIds: Set<string>;
}

// Atlassian's apps live in these; a person put into one would get an app's rights.
const APP_GROUPS = new Set(["atlassian-addons", "atlassian-addons-admin", "system-administrators"]);

/** Throws ACCOUNT_NOT_FOUND where there is no such user. */
export async function readMember(jira: JiraClient, accountId: string): Promise<Member> {
  const groups = await jira.groupsOf(accountId);
  return { accountId, groupIds: new Set(groups.map(({ groupId }) => groupId)) };
}

export async function changeGroups(
  jira: JiraClient,
  member: Member,
  { added = [], removed = [] }: RefChange,
): Promise<void> {
  if (added.length + removed.length === 0) return;
  await checkGroups(jira, [...added, ...removed]);
  for (const { id } of added) await joinGroup(jira, member, id);
  for (const { id } of removed) await leaveGroup(jira, member, id);
}

export async function joinGroup(jira: JiraClient, member: Member, groupId: string): Promise<void> {
  if (member.groupIds.has(groupId)) return;
  try {
    await jira.addToGroup(groupId, member.accountId);
  } catch (error) {
    if (!isRefusedWith(error, /already a member of/i))
      throw await explainRefusal(jira, error, {
        accountId: member.accountId,
        takesSeatOf: ({ groupDetails }) => (groupDetails ?? []).some((group) => group.groupId === groupId),
      });
  }
  member.groupIds.add(groupId);
}

export async function leaveGroup(jira: JiraClient, member: Member, groupId: string): Promise<void> {
  if (!member.groupIds.has(groupId)) return;
  try {
    await jira.removeFromGroup(groupId, member.accountId);
  } catch (error) {
    if (!isRefusedWith(error, /not a member of/i))
      throw await explainRefusal(jira, error, { accountId: member.accountId });
  }
  member.groupIds.delete(groupId);
}

/** Before anything is changed: the text of Jira's 404 names users only, also where the group is what is missing. */
async function checkGroups(jira: JiraClient, refs: readonly Ref[]): Promise<void> {
  const groups = await jira.groupsById(refs.map(({ id }) => id));
  for (const ref of refs) {
    const group = groups.find(({ groupId }) => groupId === ref.id);
    if (!group)
      throw new TaskError(
        "INTERNAL_ERROR",
        `${jira.system} has no group ${ref.name ? `"${ref.name}" (${ref.id})` : ref.id}.`,
      );
    if (APP_GROUPS.has(group.name))
      throw new TaskError("PERMISSION_DENIED", `Group "${group.name}" belongs to Atlassian's apps and is not changed.`);
  }
}

export function isRefusedWith(error: unknown, text: RegExp): boolean {
  return isUpstreamError(error) && (error.status === 400 || error.status === 404) && text.test(error.message);
}
