import type { PayloadOf } from "@bridgekit/core";
import type { JiraClient } from "../jira-client.ts";
import { changeGroups, readMember } from "./change-groups.ts";
import { changeProducts } from "./change-products.ts";
import { changeProjectRoles } from "./change-project-roles.ts";
import { rejectUnknownTypes } from "./reject-unknown-types.ts";

/** Gives before it takes, so that a failure in the middle leaves nobody with less than before. */
export async function updateAccount(jira: JiraClient, { account, changes = {} }: PayloadOf<any>): Promise<void> {
  const { group, project_role, product, ...unknown } = changes;
  rejectUnknownTypes(unknown);
  const member = await readMember(jira, account.id);
  if (group) await changeGroups(jira, member, group);
  if (product) await changeProducts(jira, member, product);
  if (project_role) await changeProjectRoles(jira, member, project_role);
}
