import { defineConnector, toTexts } from "@bridgekit/core";
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
  resourceTypes: { team: { type: "group", name: "Team" }, account: { type: "account", name: "User" } },

  connect: (config, { http }) => createMySystemClient(config, http),
  async check({ client }) {
    const { email, role } = await client.me();
    return [
      { name: "API token", isOk: true, message: `belongs to ${email}` },
      { name: "administrator", isOk: role === "admin", advice: `needed to see every user; make ${email} one` },
    ];
  },

  sync: ({ client, partial }) => ({
    async *team() {
      for await (const team of client.teams()) {
        const texts = toTexts(team, { name: "name", description: "description" }, `team ${team.id}`, partial);
        yield { id: team.id, name: team.id, ...texts };
      }
    },

    async *account() {
      // Others see only users of their own teams, and hidden users must not be removed.
      const { email, role } = await client.me();
      if (role !== "admin")
        partial(`The API token belongs to ${email}, who is no administrator and sees only some users`);
      for await (const user of client.users())
        yield {
          id: user.id,
          username: user.id,
          ...toTexts(user, { email: "email", display_name: "name" }, `user ${user.id}`, partial),
          status: user.isActive ? "active" : "suspended",
          memberships: { team: user.teamIds.map((id) => ({ id })) },
        };
    },
  }),

  tasks: {
    suspend_account: ({ client }, { account }) => client.updateUser(account.id, { isActive: false }),
    unsuspend_account: ({ client }, { account }) => client.updateUser(account.id, { isActive: true }),
  },
});
