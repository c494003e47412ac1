import { TaskError, type RefChange } from "@bridgekit/core";
import type { JiraClient } from "../jira-client.ts";
import { joinGroup, leaveGroup, type Member } from "./change-groups.ts";

/** Gives and takes products: who is in a group of a product has it, new users come into its default groups. */
export async function changeProducts(
  jira: JiraClient,
  member: Member,
  { added = [], removed = [] }: RefChange,
): Promise<void> {
  if (added.length + removed.length === 0) return;
  const products = new Map((await jira.products()).map((product) => [product.key, product]));
  const missing = [...added, ...removed].find(({ id }) => !products.has(id));
  if (missing)
    throw new TaskError(
      "INTERNAL_ERROR",
      `${jira.system} has no product "${missing.id}"; it has ${[...products.keys()].join(", ") || "none"}.`,
    );

  for (const { id } of added) {
    const { name, groupDetails, defaultGroupsDetails } = products.get(id)!;
    if ((groupDetails ?? []).some(({ groupId }) => member.groupIds.has(groupId))) continue;
    if (!defaultGroupsDetails || defaultGroupsDetails.length === 0)
      throw new TaskError(
        "INTERNAL_ERROR",
        `${name} has no default group into which new users come; add the account to one of its groups instead.`,
      );
    for (const { groupId } of defaultGroupsDetails) await joinGroup(jira, member, groupId);
  }
  for (const { id } of removed)
    for (const { groupId } of products.get(id)!.groupDetails ?? []) await leaveGroup(jira, member, groupId);
}
