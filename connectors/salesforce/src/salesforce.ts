import { defineConnector, lazy, TaskError, type AccountPayload, type ConnectorContext } from "@bridgekit/core";
import { readAccounts, toStatus } from "./accounts.ts";
import { assignedAccess, fieldAccess, findAccount, userLicenseAccess, type Salesforce } from "./assignments.ts";
import { checkAccess } from "./check-access.ts";
import { ifPresent, readLicenses, readNamed, readRoles, toGroups } from "./groups.ts";
import { toUserFields, toUsername } from "./new-user.ts";
import { members, QUERIES, QUERIES_OF, type GroupRow, type LoginRow, type MemberRow } from "./queries.ts";
import { createSalesforceClient } from "./salesforce-client.ts";
import { salesforceConfig } from "./salesforce-config.ts";
import { toId18 } from "./salesforce-ids.ts";

const SET_GROUP = "permission_set_group";
const SET_LICENSE = "permission_set_license";

/** Salesforce, through its REST API. */
export const salesforce = defineConnector({
  name: "salesforce",
  title: "Salesforce",
  config: salesforceConfig,

  resourceTypes: {
    profile: { type: "group", name: "Profile" },
    role: { type: "group", name: "Role" },
    permission_set: { type: "group", name: "Permission set" },
    permission_set_group: { type: "group", name: "Permission set group" },
    public_group: { type: "group", name: "Public group" },
    queue: { type: "group", name: "Queue" },
    user_license: { type: "license", name: "User license" },
    permission_set_license: { type: "license", name: "Permission set license" },
    account: { type: "account", name: "User" },
  },

  connect: (config, { http }): Salesforce => ({ config, salesforce: createSalesforceClient(config, http) }),
  check: ({ client }) => checkAccess(client.salesforce),

  sync(context) {
    const { config, salesforce } = context.client;
    const groupRows = lazy(() => Array.fromAsync(salesforce.query<GroupRow>(QUERIES.groups)));
    const memberRows = lazy(() => Array.fromAsync(salesforce.query<MemberRow>(members())));
    const groupsOf = async function* (type: "Regular" | "Queue") {
      yield* toGroups(type, await groupRows(), await memberRows());
    };
    // A stream makes no call until it is read.
    const optional = <T>(slug: (typeof config.without)[number], rows: AsyncGenerator<T>): AsyncIterable<T> =>
      config.without.includes(slug) ? noRows() : ifPresent(rows, slug, context.partial);
    const setGroupNames = ["MasterLabel", "DeveloperName"];
    return {
      profile: () => readNamed(context, "profile", QUERIES.profiles, ["Name"]),
      role: () => optional("role", readRoles(context, QUERIES.roles)),
      permission_set: () => readNamed(context, "permission_set", QUERIES.permissionSets, ["Label", "Name"]),
      permission_set_group: () =>
        optional(SET_GROUP, readNamed(context, SET_GROUP, QUERIES.permissionSetGroups, setGroupNames)),
      public_group: () => optional("public_group", groupsOf("Regular")),
      queue: () => optional("queue", groupsOf("Queue")),
      user_license: () => readLicenses(context, "user_license", QUERIES.userLicenses),
      permission_set_license: () =>
        optional(SET_LICENSE, readLicenses(context, SET_LICENSE, QUERIES.permissionSetLicenses)),
      account: () => readAccounts(context, memberRows),
    };
  },

  findAccount,
  // A permission set may require its license, so licenses are added first and removed last.
  access: {
    profile: fieldAccess("profile"),
    role: fieldAccess("role"),
    user_license: userLicenseAccess,
    permission_set_license: assignedAccess("permission_set_license"),
    permission_set: assignedAccess("permission_set"),
    permission_set_group: assignedAccess("permission_set_group"),
    public_group: assignedAccess("public_group"),
    queue: assignedAccess("queue"),
  },

  create: {
    needs: ["email"],
    async find({ client: { salesforce, config } }, wish) {
      type Row = { Id: string; IsActive: boolean; CreatedDate: string };
      const user = await salesforce.first<Row>(QUERIES_OF.userNamed(toUsername(wish, config.newUser)));
      const note = user?.IsActive ? undefined : "which is deactivated; use unsuspend_account to bring it back";
      return user && { id: toId18(user.Id), note, createdAt: user.CreatedDate };
    },
    async create({ client: { salesforce, config } }, wish, { profile, role }) {
      const profileId = profile?.added[0]?.id;
      const advice = "name one in the task, or set newUser.profileId in the config.";
      if (!profileId) throw new TaskError("INTERNAL_ERROR", `A Salesforce user needs a profile: ${advice}`);
      const roleId = role?.added[0]?.id;
      const fields = toUserFields(wish, profileId, config.newUser);
      return toId18(await salesforce.createUser({ ...fields, ...(roleId && { UserRoleId: roleId }) }));
    },
    wasMadeSince: (_context, { createdAt }, since) => Date.parse(createdAt) >= since.getTime(),
    defaults: ({ client: { config } }) => ({ profile: config.newUser.profileId ? [config.newUser.profileId] : [] }),
    gives: ["profile", "role", "user_license"],
  },

  tasks: {
    /** Salesforce cannot delete users: deactivates the user, which frees the license, or freezes it by `config.delete`. */
    delete_account: ({ client }, { account }) => takeAway(client, account.id, client.config.delete),
    /** Freezing prevents sign-in and is never refused. */
    suspend_account: ({ client }, { account }) => takeAway(client, account.id, client.config.suspend),
    /** Reverses either. An inactive user takes a seat again first, and can sign in only after that. */
    async unsuspend_account({ client: { salesforce } }, { account }) {
      const user = await salesforce.getUser(account.id);
      const login = await salesforce.getLogin(user.Id);
      if (!user.IsActive) await salesforce.update("User", user.Id, { IsActive: true });
      if (login.IsFrozen) await salesforce.update("UserLogin", login.Id, { IsFrozen: false });
    },
    /** Salesforce generates a password and mails it to the user; it is not stored. */
    async reset_password({ client: { salesforce } }, { account }) {
      await salesforce.resetPassword((await salesforce.getUser(account.id)).Id);
    },
  },
  // Each reset generates a new password and sends a mail.
  once: ["reset_password"],
  verify: {
    suspend_account: readStatus,
    unsuspend_account: readStatus,
    async delete_account(context, payload) {
      const state = await readStatus(context, payload);
      // If deleting means freezing, a frozen user counts as deleted.
      const isGone = context.client.config.delete === "freeze" && state.status === "suspended";
      return isGone ? { status: "inactive" } : state;
    },
  },
});

async function* noRows(): AsyncGenerator<never> {}

async function takeAway({ salesforce }: Salesforce, accountId: string, how: "freeze" | "deactivate"): Promise<void> {
  const user = await salesforce.getUser(accountId);
  if (how === "deactivate") return user.IsActive ? salesforce.update("User", user.Id, { IsActive: false }) : undefined;
  const login = await salesforce.getLogin(user.Id);
  if (!login.IsFrozen) await salesforce.update("UserLogin", login.Id, { IsFrozen: true });
}

async function readStatus({ client: { salesforce } }: ConnectorContext<Salesforce>, { account }: AccountPayload) {
  const user = await salesforce.getUser(account.id);
  const login = await salesforce.first<LoginRow>(QUERIES_OF.login(user.Id));
  const status = toStatus(user.IsActive, login?.IsFrozen);
  return status ? { status } : {};
}
