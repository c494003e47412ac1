import { toOptionalText } from "@bridgekit/core";
import { z } from "zod";
import { defineHrSystem } from "../hr-system.ts";
import { checkAccess } from "./check-access.ts";
import { createOdooClient } from "./odoo-client.ts";
import { describeHidden, scopePerRun } from "./odoo-scope.ts";
import { readAccounts } from "./read-accounts.ts";
import { createAccount } from "./tasks/create-account.ts";
import { deleteAccount } from "./tasks/delete-account.ts";
import { updateAccount } from "./tasks/update-account.ts";
import { toUserId } from "./tasks/to-id.ts";
import { verifyAccount } from "./verify-account.ts";

/**
 * Odoo 19 and later, through its JSON-2 API: users as accounts, with the departments of their employees and their
 * access groups.
 */
export const odoo = defineHrSystem({
  name: "hr",
  title: "HR system (Odoo)",
  config: z.strictObject({
    /** Base URL of the Odoo server. */
    url: z.url({ protocol: /^https?$/ }),
    /** An API key of scope `rpc`: Preferences, Account security. */
    apiKey: z.string().min(1).meta({ secret: true }),
    /** Needed where the server hosts several databases. */
    database: z.string().min(1).optional(),
    /** Send Odoo's invitation mail to accounts that are created. */
    sendInvitations: z.boolean().default(false),
    /** What to do where Odoo refuses to delete a user that is in use: fail the task, or archive the user. */
    whenDeleteIsRefused: z.enum(["fail", "archive"]).default("fail"),
  }),

  resourceTypes: {
    department: { type: "group", name: "Department" },
    access_group: { type: "group", name: "Access group" },
    account: { type: "account", name: "Employee" },
  },

  connect(config, { http }) {
    const odoo = createOdooClient(config, http);
    return { config, odoo, scopeOf: scopePerRun(odoo) };
  },
  check: ({ client }) => checkAccess(client.odoo),

  sync: {
    async *department({ client: { odoo, scopeOf }, signal, partial }) {
      const scope = await scopeOf(signal);
      if (scope.hidden !== "none") partial(describeHidden(odoo, scope));
      for await (const row of odoo.departments()) yield { id: String(row.id), name: row.complete_name };
    },

    async *access_group({ client, partial }) {
      for await (const row of client.odoo.groups()) {
        const description = toOptionalText(row.comment, `the comment of access group ${row.id}`, partial);
        yield { id: String(row.id), name: row.full_name, ...(description && { description }) };
      }
    },

    account: (context) => readAccounts(context),
  },

  tasks: {
    create_account: ({ client, interruptedAt }, payload) => createAccount(client, payload, interruptedAt),

    update_account: ({ client: { odoo } }, payload) => updateAccount(odoo, payload),

    async suspend_account({ client: { odoo } }, { account }) {
      await odoo.updateUser(toUserId(account.id), { active: false });
    },

    async unsuspend_account({ client: { odoo } }, { account }) {
      await odoo.updateUser(toUserId(account.id), { active: true });
    },

    delete_account: ({ client, interruptedAt }, { account }) =>
      deleteAccount(client, toUserId(account.id), interruptedAt),

    async reset_password({ client: { odoo } }, { account }) {
      await odoo.sendPasswordReset(toUserId(account.id));
    },
  },
  // A mail can't be called back, and Odoo can't be asked whether it was sent.
  once: ["reset_password"],
  verify: ({ client }, payload, action) => verifyAccount(client.odoo, payload, action),
});
