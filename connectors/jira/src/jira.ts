import { createRefsByAccount, defineConnector, lazy, toOptionalText, undefinedOn } from "@bridgekit/core";
import { groupAccess, productAccess, projectRoleAccess } from "./access.ts";
import { readAccounts, type Jira } from "./accounts.ts";
import { checkAccess } from "./check-access.ts";
import { findByEmail, invite } from "./create-account.ts";
import { createJiraClient, type JiraApplication, type JiraProduct } from "./jira-client.ts";
import { jiraConfig } from "./jira-config.ts";
import { readGroups, readSuspension, suspendAccount, unsuspendAccount } from "./lifecycle.ts";
import { createOrganizationClient } from "./organization-client.ts";
import { readProjectRoles, type ProjectRole } from "./project-roles.ts";

const NO_RESET =
  "Atlassian has no API for it: people reset their own password at https://id.atlassian.com/login/resetpassword, " +
  "or in the connected identity provider.";

/** Jira Cloud, through its REST API and, with an organization key, Atlassian's Organizations API. */
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

  connect: (config, { http }): Jira => ({
    config,
    jira: createJiraClient(config, http),
    organization: config.organization && createOrganizationClient(config.organization, config.apiUrl, http),
  }),
  check: ({ client }) => checkAccess(client),

  sync(context) {
    const { jira } = context.client;
    const holders = createRefsByAccount();
    const projectRoles = lazy(async () => {
      const onHidden = (reason: string) => {
        context.partial(reason);
        context.unknownRefs("project_role", reason);
      };
      const roles = await Array.fromAsync(readProjectRoles(jira, onHidden));
      for (const { project, role, actors } of roles)
        for (const { actorUser } of actors) if (actorUser) holders.add(actorUser.accountId, `${project.id}:${role.id}`);
      return roles;
    });
    return {
      async *group() {
        for await (const { groupId, name } of jira.groups()) yield { id: groupId, name };
      },
      async *project_role() {
        for (const projectRole of await projectRoles()) yield toProjectRole(projectRole, context.partial);
      },
      async *product() {
        const applications = await jira.applications();
        for (const product of await jira.products()) yield toLicense(product, applications);
      },
      async *account() {
        await projectRoles();
        yield* readAccounts(context, holders);
      },
    };
  },

  async findAccount({ client: { jira } }, accountId, isOwn) {
    // A new account may be invisible until its invitation is accepted.
    const reading = jira.groupsOf(accountId);
    const groups = isOwn ? await undefinedOn(reading, "ACCOUNT_NOT_FOUND") : await reading;
    return { accountId, groupIds: new Set(groups?.map(({ groupId }) => groupId)) };
  },
  // Roles are removed last: only then it shows whether one is still held through a group.
  access: { project_role: projectRoleAccess, group: groupAccess, product: productAccess },

  create: {
    needs: ["email"],
    find: ({ client: { jira } }, wish) => findByEmail(jira, wish),
    create: ({ client }, { email }, { product }) => invite(client, email!, product?.added.map(({ id }) => id) ?? []),
    // Jira does not return when or by whom an account was created.
    wasMadeSince: () => true,
    defaults: ({ client: { config } }) => ({ product: config.newAccountProducts }),
    gives: ["product"],
  },

  tasks: {
    /** Removes the user from the site. The Atlassian account belongs to the person and remains. */
    delete_account: ({ client: { jira } }, { account }) => jira.deleteUser(account.id),
    suspend_account: ({ client }, { account }) => suspendAccount(client, account.id),
    unsuspend_account: ({ client }, { account }) => unsuspendAccount(client, account.id),
  },
  verify: {
    suspend_account: readSuspension,
    unsuspend_account: readSuspension,
    async delete_account({ client: { jira } }, { account }) {
      return { status: (await jira.getUser(account.id)).active ? "active" : "inactive" };
    },
    create_account: readGroups,
    update_account: readGroups,
  },
  unsupported: { reset_password: NO_RESET },
});

function toProjectRole({ project, role, actors }: ProjectRole, partial: (reason: string) => void) {
  const groups = actors.flatMap(({ actorGroup }) => actorGroup?.name ?? []).sort();
  const { description } = role as { description?: unknown };
  const own = toOptionalText(description, `Jira's description of role ${role.id}`, partial);
  const texts = [own, groups.length > 0 && `Held by groups: ${groups.join(", ")}.`].filter(Boolean);
  const text = texts.length > 0 && { description: texts.join(" ") };
  return { id: `${project.id}:${role.id}`, name: `${project.name} - ${role.name}`, ...text };
}

/** Converts a product to a license. Its use is Jira's own count, which differs from group members and from seats taken. */
function toLicense(product: JiraProduct, applications: readonly JiraApplication[]) {
  const plan = applications.find(({ id }) => id === product.key)?.plan;
  const isUnlimited = product.hasUnlimitedSeats === true;
  const [seats, used] = [toCount(product.numberOfSeats), toCount(product.userCount)];
  return {
    id: product.key,
    name: product.name,
    // In the protocol 0 means no limit, so a product without seats gets no maximum; Jira's value for no limit is -1.
    ...(isUnlimited ? { max_count: 0 } : seats !== undefined && seats > 0 && { max_count: seats }),
    ...(used !== undefined && { used_count: Math.max(0, used) }),
    is_unlimited: isUnlimited,
    ...(plan !== undefined && { is_paid: plan === "PAID" }),
  };
}

const toCount = (value: unknown) => (typeof value === "number" ? value : undefined);
