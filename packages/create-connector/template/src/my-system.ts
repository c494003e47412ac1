import { defineConnector, toOptionalText } from "@bridgekit/core";
import { z } from "zod";
import { createMySystemClient } from "./my-system-client.ts";

/** My system: its users, and the teams that they are in. */
export const mySystem = defineConnector({
  name: "my-system",
  title: "My system",
  config: z.strictObject({
    /** Base URL of the server. */
    url: z.url({ protocol: /^https?$/ }),
    /** An API token of an administrator. */
    token: z.string().min(1).meta({ secret: true }),
  }),

  resourceTypes: {
    team: { type: "group", name: "Team" },
    account: { type: "account", name: "User" },
  },

  connect: (config, { http }) => createMySystemClient(config, http),

  async check({ client }) {
    const { email, role } = await client.me();
    const isAdmin = role === "admin";
    return [
      { name: "API token", isOk: true, message: `belongs to ${email}` },
      isAdmin
        ? { name: "administrator", isOk: true }
        : { name: "administrator", isOk: false, message: `needed to see every user; make ${email} an administrator` },
    ];
  },

  sync: {
    async *team({ client, partial }) {
      for await (const { id, name, description } of client.teams()) {
        const title = toOptionalText(name, `name of team ${id}`, partial) ?? id;
        const text = toOptionalText(description, `description of team ${id}`, partial);
        yield { id, name: title, ...(text && { description: text }) };
      }
    },

    async *account({ client, partial }) {
      // Others see only the users of their own teams, and nobody may be removed for being out of sight.
      const { email, role } = await client.me();
      if (role !== "admin")
        partial(`The API token belongs to ${email}, who is no administrator and sees only some users`);
      for await (const user of client.users()) {
        const address = toOptionalText(user.email, `email of user ${user.id}`, partial);
        const name = toOptionalText(user.name, `name of user ${user.id}`, partial);
        yield {
          id: user.id,
          // An account needs one of the two.
          ...(address ? { email: address } : { username: user.id }),
          ...(name && { display_name: name }),
          status: user.isActive ? "active" : "suspended",
          memberships: { team: user.teamIds.map((id) => ({ id })) },
        };
      }
    },
  },

  tasks: {
    async suspend_account({ client }, { account }) {
      await client.updateUser(account.id, { isActive: false });
    },

    async unsuspend_account({ client }, { account }) {
      await client.updateUser(account.id, { isActive: true });
    },
  },
});
