import { createRefsByAccount, isUpstreamError, toOptionalText, toTexts } from "@bridgekit/core";
import type { RecordStatus, SyncContext } from "@bridgekit/core";
import type { JiraClient, JiraUser } from "./jira-client.ts";
import type { JiraConfig } from "./jira-config.ts";
import { stateOf, type OrganizationClient, type OrganizationUser } from "./organization-client.ts";

export type Jira = { config: JiraConfig; jira: JiraClient; organization: OrganizationClient | undefined };

type Refs = ReturnType<typeof createRefsByAccount>;
type Context = SyncContext<Jira, "group" | "product" | "project_role">;

/** Reads all users of the included types. `roles` are the project roles that accounts hold directly. */
export async function* readAccounts({ client, partial, unknownRefs }: Context, roles: Refs) {
  const { jira, organization, config } = client;
  const types = new Set<string>(["atlassian", ...config.include]);
  const { accountId: ownId } = await jira.myself();
  const members = await readMembers(jira, unknownRefs);
  const known = new Map<string, OrganizationUser>();
  if (organization) for await (const user of organization.users()) known.set(user.accountId, user);

  const seen = new Set<string>();
  for await (const user of jira.users()) {
    const id = user.accountId;
    seen.add(id);
    // It may be a person, who would then seem to have left.
    if (typeof user.accountType !== "string") partial(`Jira does not return the accountType of user ${id}`);
    if (!types.has(user.accountType)) continue;
    yield {
      ...toAccount(user, known.get(id), partial),
      memberships: { group: members.groups.of(id), project_role: roles.of(id) },
      assignments: { product: members.products.of(id) },
    };
  }
  // Only empty pages prove the end of the list, so it must contain everybody known from elsewhere.
  if (!seen.has(ownId)) partial(`Jira's list of users lacks ${ownId}, the user of the API token`);
  const unlisted = [...members.types].filter(([id, type]) => types.has(type) && !seen.has(id));
  if (unlisted.length > 0)
    partial(`Jira's list of users lacks ${unlisted.length} members of its groups, such as ${unlisted[0]![0]}`);
}

/** Converts a user. Jira has only one name field, and often no email: then the account id is the username. */
function toAccount(user: JiraUser, known: OrganizationUser | undefined, partial: (reason: string) => void) {
  const { accountId: id, active } = user;
  const fields = { email: "emailAddress", display_name: "displayName" };
  const { email: shown, ...texts } = toTexts(user, fields, `user ${id}`, (reason) => partial(`Jira's ${reason}`));
  const email = shown ?? toOptionalText(known?.email, `the organization's email of user ${id}`, partial);
  const isSuspended = known !== undefined && stateOf(known) === "suspended";
  const jiraStatus = typeof active === "boolean" && (active ? "active" : "inactive");
  const status: RecordStatus | false = isSuspended ? "suspended" : jiraStatus;
  if (!status) partial(`Jira does not return whether user ${id} is active`);
  return { id, ...(email ? { email } : { username: id }), ...texts, ...(status && { status }) };
}

/**
 * Reads the members of every group: one call for every 50 members, none by account. If Jira hides the members of a group,
 * the groups of all accounts are reported as unknown, and so are the products of that group.
 */
async function readMembers(jira: JiraClient, unknownRefs: Context["unknownRefs"]) {
  const [groups, products, types] = [createRefsByAccount(), createRefsByAccount(), new Map<string, string>()];
  const idsByGroup = new Map<string, string[]>();
  for await (const { groupId, name } of jira.groups()) {
    const ids: string[] = [];
    try {
      for await (const { accountId, accountType } of jira.membersOf(groupId)) {
        ids.push(accountId);
        types.set(accountId, accountType);
      }
    } catch (error) {
      if (!isUpstreamError(error, 403, 404)) throw error;
      // A group deleted since it was listed has no members.
      if (isUpstreamError(error, 404) && (await jira.groupsById([groupId])).length === 0) continue;
      unknownRefs("group", `Jira does not show the members of group "${name}": ${error.message}`);
      continue;
    }
    idsByGroup.set(groupId, ids);
    for (const id of ids) groups.add(id, groupId);
  }

  for (const { key, groupDetails } of await jira.products()) {
    const why = `Jira does not show who has product ${key}`;
    if (!Array.isArray(groupDetails)) unknownRefs("product", `${why}: it does not return its groups`);
    for (const { groupId, name } of groupDetails ?? []) {
      const ids = idsByGroup.get(groupId);
      if (!ids) unknownRefs("product", `${why}: the members of its group "${name}" are not known`);
      for (const id of ids ?? []) products.add(id, key);
    }
  }
  return { groups, products, types };
}
