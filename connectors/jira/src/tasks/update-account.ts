import type { PayloadOf, RefChange } from "@bridgekit/core";
import type { JiraClient } from "../jira-client.ts";
import { changeGroups, readMember, type Member } from "./change-groups.ts";
import { changeProducts } from "./change-products.ts";
import { changeProjectRoles } from "./change-project-roles.ts";
import { rejectUnknownTypes } from "./reject-unknown-types.ts";

interface AccessChanges {
  group?: RefChange | undefined;
  project_role?: RefChange | undefined;
  product?: RefChange | undefined;
}

export async function updateAccount(jira: JiraClient, { account, changes = {} }: PayloadOf<any>): Promise<void> {
  const { group, project_role, product, ...unknown } = changes;
  rejectUnknownTypes(unknown);
  const member = await readMember(jira, account.id);
  await changeAccess(jira, member, { group, project_role, product });
}

/** Gives before it takes, so that a failure in the middle leaves nobody with less than before. */
export async function changeAccess(
  jira: JiraClient,
  member: Member,
  { group = {}, project_role = {}, product = {} }: AccessChanges,
): Promise<void> {
  await changeGroups(jira, member, group);
  await changeProducts(jira, member, product);
  await changeProjectRoles(jira, member, project_role);
}
