import { z } from "zod";
import { defineHrSystem } from "../hr-system.ts";
import { checkAccess } from "./check-access.ts";
import { createOdooClient } from "./odoo-client.ts";
import { createAccount } from "./tasks/create-account.ts";
import { deleteAccount } from "./tasks/delete-account.ts";
import { changeDepartment } from "./tasks/change-department.ts";
import { changeGroups } from "./tasks/change-groups.ts";
import { splitRefs } from "./tasks/split-refs.ts";
import { toUserId } from "./tasks/to-id.ts";
import { toAccount } from "./to-account.ts";
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

  connect: (config, { http }) => ({ config, odoo: createOdooClient(config, http) }),
  check: ({ client }) => checkAccess(client.odoo),

  sync: {
    async *department({ client }) {
      for await (const row of client.odoo.departments()) yield { id: String(row.id), name: row.complete_name };
    },

    async *access_group({ client }) {
      for await (const row of client.odoo.groups())
        yield { id: String(row.id), name: row.full_name, ...(row.comment && { description: row.comment }) };
    },

    async *account({ client, partial }) {
      const { uid } = await client.odoo.whoAmI();
      let isSelfSeen = false;
      for await (const users of client.odoo.userPages()) {
        const departments = await client.odoo.departmentsOf(users.map((user) => user.id));
        isSelfSeen ||= users.some((user) => user.id === uid);
        for (const user of users) yield toAccount(user, departments.get(user.id) ?? []);
      }
      // The key's own user is an internal user, so a list without it is not the whole list.
      if (!isSelfSeen) partial(`Odoo's list of users lacks user ${uid}, to whom the API key belongs`);
    },
  },

  tasks: {
    create_account: ({ client, interruptedAt }, payload) => createAccount(client, payload, interruptedAt),

    async update_account({ client: { odoo } }, { account, changes = {} }) {
      const userId = toUserId(account.id);
      const { department, access_group } = splitRefs(changes);
      await odoo.getUser(userId);
      if (access_group) await changeGroups(odoo, userId, access_group);
      if (department) await changeDepartment(odoo, userId, department);
    },

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
