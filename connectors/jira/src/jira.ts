import { defineConnector, toOptionalText } from "@bridgekit/core";
import { checkAccess } from "./check-access.ts";
import { createJiraClient } from "./jira-client.ts";
import { jiraConfig } from "./jira-config.ts";
import { createOrganizationClient, type OrganizationUser } from "./organization-client.ts";
import { readMembers } from "./read-members.ts";
import { createHolders, readHolders, takeHolders, toRoleId, type RoleHolders } from "./role-holders.ts";
import { createAccount } from "./tasks/create-account.ts";
import { deleteAccount } from "./tasks/delete-account.ts";
import { suspendAccount, unsuspendAccount } from "./tasks/suspend-account.ts";
import { updateAccount } from "./tasks/update-account.ts";
import { toAccount } from "./to-account.ts";
import { toLicense } from "./to-license.ts";
import { verifyAccount } from "./verify-account.ts";

/** Jira Cloud, through its REST API and, where there is a key for it, that of the organization. */
export const jira = defineConnector({
  name: "jira",
  title: "Jira Cloud",
  config: jiraConfig,

  resourceTypes: {
    group: { type: "group", name: "Group" },
    project_role: { type: "group", name: "Project role" },
    product: { type: "license", name: "Product" },
    account: { type: "account", name: "User" },
  },

  connect: (config, { http }) => ({
    config,
    jira: createJiraClient(config, http),
    organization: config.organization && createOrganizationClient(config.organization, config.apiUrl, http),
    handover: new WeakMap<AbortSignal, RoleHolders>(),
  }),
  check: ({ client: { jira, organization } }) => checkAccess(jira, organization),

  sync: {
    async *group({ client: { jira } }) {
      for await (const { groupId, name } of jira.groups()) yield { id: groupId, name };
    },

    async *project_role({ client: { jira, handover }, partial, signal }) {
      const holders = createHolders();
      for await (const { project, role, actors } of readHolders(jira, holders, partial)) {
        const groups = actors.flatMap(({ actorGroup }) => actorGroup?.name ?? []).sort();
        const described = toOptionalText(role.description, `Jira's description of role ${role.id}`, partial);
        const description = [described, groups.length > 0 && `Held by groups: ${groups.join(", ")}.`];
        yield {
          id: toRoleId(project.id, role.id),
          name: `${project.name} - ${role.name}`,
          ...(description.some(Boolean) && { description: description.filter(Boolean).join(" ") }),
        };
      }
      handover.set(signal, holders);
    },

    async *product({ client: { jira } }) {
      const license = await jira.license();
      for (const product of await jira.products()) yield toLicense(product, license);
    },

    async *account({ client: { config, jira, organization, handover }, partial, unknownRefs, signal }) {
      const types = new Set<string>(["atlassian", ...config.include]);
      const { accountId: ownId } = await jira.myself();
      const roles = await takeHolders(jira, handover, { signal, partial });
      for (const reason of roles.hidden) unknownRefs("project_role", reason);
      const members = await readMembers(jira, unknownRefs);
      const known = new Map<string, OrganizationUser>();
      if (organization) for await (const user of organization.users()) known.set(user.accountId, user);

      const seen = new Set<string>();
      for await (const user of jira.users()) {
        const id = user.accountId;
        seen.add(id);
        // Whoever it is, a person among them would seem to have left.
        if (typeof user.accountType !== "string") partial(`Jira does not tell the accountType of user ${id}`);
        if (!types.has(user.accountType)) continue;
        yield toAccount(user, known.get(id), {
          groups: members.groups.get(id) ?? [],
          projectRoles: roles.refs.get(id) ?? [],
          products: members.products.get(id) ?? [],
          partial,
        });
      }
      // The list proves its end by nothing but empty pages; what else is known must be in it.
      if (!seen.has(ownId)) partial(`Jira's list of users lacks ${ownId}, to whom the API token belongs`);
      const unlisted = [...members.types].filter(([id, type]) => types.has(type) && !seen.has(id));
      if (unlisted.length > 0)
        partial(`Jira's list of users lacks ${unlisted.length} members of its groups, such as ${unlisted[0]![0]}`);
    },
  },

  tasks: {
    create_account: ({ client, interruptedAt }, payload) => createAccount(client, payload, interruptedAt),
    update_account: ({ client: { jira } }, payload) => updateAccount(jira, payload),
    delete_account: ({ client: { jira }, interruptedAt }, { account }) =>
      deleteAccount(jira, account.id, interruptedAt),
    suspend_account: ({ client: { organization } }, { account }) => suspendAccount(organization, account.id),
    unsuspend_account: ({ client: { organization } }, { account }) => unsuspendAccount(organization, account.id),
  },
  verify: ({ client }, payload, action) => verifyAccount(client, payload, action),
  unsupported: {
    reset_password:
      "Atlassian has no API for it: people reset their own password at https://id.atlassian.com/login/resetpassword, " +
      "or in the identity provider where one is connected.",
  },
});
