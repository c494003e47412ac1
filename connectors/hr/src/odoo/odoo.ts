import { isUpstreamError, lazy, refusalOf, TaskError, toTexts } from "@bridgekit/core";
import type { ConnectorContext, RecordStatus, UpstreamError } from "@bridgekit/core";
import { z } from "zod";
import { defineHrSystem } from "../hr-system.ts";
import { checkAccess } from "./check-access.ts";
import { departments } from "./departments.ts";
import { createOdooClient, idsOf, toId, toTime, type OdooClient } from "./odoo-client.ts";
import { isPointer, readScope } from "./odoo-scope.ts";
import { readAccounts } from "./read-accounts.ts";

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
    /** Required if the server hosts several databases. */
    database: z.string().min(1).optional(),
    /** Send Odoo's invitation mail to new accounts. */
    sendInvitations: z.boolean().default(false),
    /** If Odoo refuses to delete a user that is in use: fail the task, or archive the user. */
    whenDeleteIsRefused: z.enum(["fail", "archive"]).default("fail"),
  }),

  resourceTypes: {
    department: { type: "group", name: "Department" },
    access_group: { type: "group", name: "Access group" },
    account: { type: "account", name: "Employee" },
  },

  connect: (config, { http }) => ({ config, odoo: createOdooClient(config, http) }),
  check: ({ client }) => checkAccess(client.odoo),

  sync({ client, partial, logger }) {
    const { odoo } = client;
    const scope = lazy(() => readScope(odoo));
    return {
      async *department() {
        const { hidden, why } = await scope();
        if (hidden !== "none") partial(why);
        for await (const row of odoo.rows<{ id: number; complete_name: string }>("hr.department", ["complete_name"]))
          yield { id: String(row.id), name: row.complete_name };
      },

      async *access_group() {
        const fields = ["full_name", "comment"];
        for await (const row of odoo.rows<{ id: number; full_name: string }>("res.groups", fields)) {
          const texts = toTexts(row, { description: "comment" }, `access group ${row.id}`, partial);
          yield { id: String(row.id), name: row.full_name, ...texts };
        }
      },

      async *account() {
        yield* readAccounts({ client, partial, logger }, await scope());
      },
    };
  },

  findAccount: async ({ client }, id, isOwn) => ({ user: await client.odoo.getUser(toId(id)), isOwn }),
  access: {
    access_group: {
      exists: async ({ client: { odoo } }, ids) => idsOf(await odoo.find("res.groups", ids, ["full_name"])),
      // Implied groups cannot be assigned; they count only if they are to be removed.
      list: (_context, { user: { group_ids, all_group_ids } }, { removed }) =>
        [...group_ids, ...all_group_ids.filter((group) => removed.some(({ id }) => id === String(group)))].map(String),
      // In one write: Odoo refuses a user with two user types, such as internal and portal, at any time.
      change({ client: { odoo } }, { user }, { added, removed }) {
        const commands = [added.map(({ id }) => [4, Number(id)]), removed.map(({ id }) => [3, Number(id)])].flat();
        return odoo.write("res.users", user.id, { group_ids: commands });
      },
      kept: "another group of the user implies it; remove that group as well",
    },
    department: departments,
  },

  create: {
    async find({ client: { odoo } }, { username, email }) {
      const login = username ?? email;
      if (!login)
        throw new TaskError("INTERNAL_ERROR", "Odoo needs a login: the task names neither a username nor an email.");
      const user = await odoo.findUser(login);
      return user && { id: String(user.id), user, note: user.active ? undefined : "archived" };
    },
    // Without groups: in this call they would replace Odoo's default groups.
    create({ client: { odoo, config } }, { username, email, first_name, last_name, display_name }) {
      const login = username ?? email;
      const name = display_name ?? ([first_name, last_name].filter(Boolean).join(" ") || login);
      return odoo.createUser({ login, name, ...(email && { email }) }, { invite: config.sendInvitations });
    },
    /** Created by the key's user, and not before the task began. */
    async wasMadeSince({ client: { odoo } }, { user: { create_uid, create_date } }, since) {
      const isOurs = isPointer(create_uid) && create_uid[0] === (await odoo.whoAmI());
      return isOurs && toTime(create_date) >= since.getTime();
    },
  },

  tasks: {
    suspend_account: ({ client: { odoo } }, { account }) => odoo.setActive(toId(account.id), false),
    unsuspend_account: ({ client: { odoo } }, { account }) => odoo.setActive(toId(account.id), true),
    delete_account: ({ client: { odoo, config } }, { account }) =>
      deleteAccount(odoo, toId(account.id), config.whenDeleteIsRefused),
    reset_password: ({ client: { odoo } }, { account }) => odoo.sendPasswordReset(toId(account.id)),
  },
  // A mail cannot be revoked, and Odoo does not show whether it was sent.
  once: ["reset_password"],
  verify: {
    suspend_account: (context, { account }) => readStatus(context, account.id, "suspended"),
    unsuspend_account: (context, { account }) => readStatus(context, account.id, "suspended"),
    // A deletion that ended in archiving, by `whenDeleteIsRefused`, leaves an inactive account, not a suspended one.
    delete_account: (context, { account }) => readStatus(context, account.id, "inactive"),
  },
});

async function readStatus({ client }: ConnectorContext<{ odoo: OdooClient }>, id: string, other: RecordStatus) {
  return { status: (await client.odoo.getUser(toId(id))).active ? ("active" as const) : other };
}

/**
 * Deletes the user. Odoo refuses that while an employee refers to the user, so the user is detached from the employee, which
 * stays. A user that Odoo protects, or that other records need, can only be archived; then its employees are restored.
 */
async function deleteAccount(odoo: OdooClient, userId: number, whenRefused: "fail" | "archive"): Promise<void> {
  let refusal = await refusalOf(odoo.deleteUser(userId), 422);
  if (refusal && isHeldByEmployee(refusal)) refusal = await deleteDetached(odoo, userId);
  if (!refusal) return;
  if (whenRefused === "archive") return odoo.setActive(userId, false);
  const hidden = isHeldByEmployee(refusal) ? ". The employee is in a company that the API key's user does not see" : "";
  const advice = 'Suspend the account instead, or set whenDeleteIsRefused to "archive".';
  throw new TaskError("INTERNAL_ERROR", `${refusal.message}${hidden}. ${advice}`, { cause: refusal });
}

async function deleteDetached(odoo: OdooClient, userId: number): Promise<UpstreamError | undefined> {
  const employees = await odoo.employeesOf([userId]);
  const point = async (to: number | false) => {
    for (const { id } of employees) await odoo.write("hr.employee", id, { user_id: to });
  };
  await point(false);
  try {
    const refusal = await refusalOf(odoo.deleteUser(userId), 422);
    if (refusal) await point(userId);
    return refusal;
  } catch (error) {
    if (isUpstreamError(error) && error.effect === "none" && error.code !== "ACCOUNT_NOT_FOUND") await point(userId);
    throw error;
  }
}

/** The text is translated, the name of the model is not. */
const isHeldByEmployee = ({ message }: UpstreamError) => message.includes("(hr.employee)");
