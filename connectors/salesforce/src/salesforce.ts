import { defineConnector, perRun, toOptionalText } from "@bridgekit/core";
import { checkAccess } from "./check-access.ts";
import { QUERIES } from "./queries.ts";
import { readAccounts } from "./read-accounts.ts";
import { toGroups } from "./read-groups.ts";
import { rowsOf } from "./rows-of.ts";
import { createSalesforceClient } from "./salesforce-client.ts";
import { salesforceConfig } from "./salesforce-config.ts";
import { toId18 } from "./salesforce-ids.ts";
import type {
  GroupMemberRow,
  GroupRow,
  LicenseRow,
  PermissionSetGroupRow,
  PermissionSetRow,
  ProfileRow,
  RoleRow,
} from "./salesforce-models.ts";
import { createAccount } from "./tasks/create-account.ts";
import { deleteAccount, suspendAccount, unsuspendAccount } from "./tasks/lifecycle.ts";
import { resetPassword } from "./tasks/reset-password.ts";
import { updateAccount } from "./tasks/update-account.ts";
import { verifyAccount } from "./tasks/verify-account.ts";
import { toLicense } from "./to-license.ts";

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

  connect(config, { http }) {
    const client = createSalesforceClient(config, http);
    return {
      config,
      salesforce: client,
      groupRows: perRun(() => Array.fromAsync(client.query<GroupRow>(QUERIES.groups))),
      memberRows: perRun(() => Array.fromAsync(client.query<GroupMemberRow>(QUERIES.members))),
    };
  },
  check: ({ client: { salesforce: client } }) => checkAccess(client),

  sync: {
    async *profile({ client: { salesforce: client }, partial }) {
      const rows = client.query<ProfileRow>(QUERIES.profiles);
      for await (const row of rowsOf(rows, { slug: "profile", onAbsent: partial }))
        yield { id: toId18(row.Id), name: row.Name, ...toDescription(row, partial) };
    },

    async *role({ client: { salesforce: client, config }, partial }) {
      if (config.without.includes("role")) return;
      const rows = await Array.fromAsync(
        rowsOf(client.query<RoleRow>(QUERIES.roles), { slug: "role", onAbsent: partial }),
      );
      const names = new Map(rows.map(({ Id, Name }) => [toId18(Id), Name]));
      for (const { Id, Name, ParentRoleId } of rows) {
        const parent = ParentRoleId && names.get(toId18(ParentRoleId));
        yield { id: toId18(Id), name: Name, ...(parent && { description: `Below ${parent}.` }) };
      }
    },

    async *permission_set({ client: { salesforce: client }, partial }) {
      const rows = client.query<PermissionSetRow>(QUERIES.permissionSets);
      for await (const row of rowsOf(rows, { slug: "permission_set", onAbsent: partial })) {
        const label = toOptionalText(row.Label, `Salesforce's Label of ${row.Id}`, partial);
        yield { id: toId18(row.Id), name: label ?? row.Name, ...toDescription(row, partial) };
      }
    },

    async *permission_set_group({ client: { salesforce: client, config }, partial }) {
      if (config.without.includes("permission_set_group")) return;
      const rows = client.query<PermissionSetGroupRow>(QUERIES.permissionSetGroups);
      for await (const row of rowsOf(rows, { slug: "permission_set_group", onAbsent: partial })) {
        const label = toOptionalText(row.MasterLabel, `Salesforce's MasterLabel of ${row.Id}`, partial);
        yield { id: toId18(row.Id), name: label ?? row.DeveloperName, ...toDescription(row, partial) };
      }
    },

    async *public_group({ client: { config, groupRows, memberRows }, partial, signal }) {
      if (config.without.includes("public_group")) return;
      const groups = async function* () {
        yield* toGroups("Regular", await groupRows(signal), await memberRows(signal));
      };
      yield* rowsOf(groups(), { slug: "public_group", onAbsent: partial });
    },

    async *queue({ client: { config, groupRows, memberRows }, partial, signal }) {
      if (config.without.includes("queue")) return;
      const queues = async function* () {
        yield* toGroups("Queue", await groupRows(signal), await memberRows(signal));
      };
      yield* rowsOf(queues(), { slug: "queue", onAbsent: partial });
    },

    async *user_license({ client: { salesforce: client }, partial }) {
      const rows = client.query<LicenseRow>(QUERIES.userLicenses);
      for await (const row of rowsOf(rows, { slug: "user_license", onAbsent: partial })) yield toLicense(row, partial);
    },

    async *permission_set_license({ client: { salesforce: client, config }, partial }) {
      if (config.without.includes("permission_set_license")) return;
      const rows = client.query<LicenseRow>(QUERIES.permissionSetLicenses);
      for await (const row of rowsOf(rows, { slug: "permission_set_license", onAbsent: partial }))
        yield toLicense(row, partial);
    },

    account: ({ client, ...context }) => readAccounts(client, context),
  },

  tasks: {
    create_account: ({ client, interruptedAt }, payload) => createAccount(client, payload, interruptedAt),
    update_account: ({ client }, payload) => updateAccount(client, payload),
    delete_account: ({ client }, { account }) => deleteAccount(client, account.id),
    suspend_account: ({ client }, { account }) => suspendAccount(client, account.id),
    unsuspend_account: ({ client }, { account }) => unsuspendAccount(client, account.id),
    reset_password: ({ client }, { account }) => resetPassword(client, account.id),
  },
  // Each reset makes a new password and sends a mail.
  once: ["reset_password"],
  verify: ({ client }, payload, action) => verifyAccount(client, payload, action),
});

function toDescription(
  { Id, Description }: { Id: string; Description: string | null },
  partial: (reason: string) => void,
) {
  const description = toOptionalText(Description, `Salesforce's Description of ${Id}`, partial);
  return description === undefined ? {} : { description };
}
