import { createRefsByAccount, defineConnector, toTexts } from "@bridgekit/core";
import { z } from "zod";
import { createGiteaClient } from "./gitea-client.ts";

/** Gitea: its users, and the teams of its organizations. */
export const gitea = defineConnector({
  name: "gitea",
  title: "Gitea",
  config: z.strictObject({
    /** Base URL of the server, without `/api/v1`. */
    url: z.url({ protocol: /^https?$/ }),
    /** An access token of a site administrator. */
    token: z.string().min(1).meta({ secret: true }),
  }),

  resourceTypes: { team: { type: "group", name: "Team" }, account: { type: "account", name: "User" } },

  connect: (config, { http }) => createGiteaClient(config, http),

  async check({ client }) {
    const { login, is_admin: isAdmin } = await client.me();
    return [
      { name: "access token", isOk: true, message: `belongs to ${login}` },
      { name: "site administrator", isOk: isAdmin, advice: `needed for everything; make ${login} one` },
    ];
  },

  sync({ client, partial }) {
    // The teams of this run, shared with the accounts: a second read could differ.
    const teamIds: number[] = [];
    return {
      async *team() {
        for await (const { username: organization } of client.organizations())
          for await (const team of client.teamsOf(organization)) {
            teamIds.push(team.id);
            const texts = toTexts(team, { description: "description" }, `Gitea's team ${team.id}`, partial);
            yield { id: String(team.id), name: `${organization} / ${team.name}`, ...texts };
          }
      },

      async *account() {
        const teams = createRefsByAccount();
        for (const teamId of teamIds)
          for await (const user of client.membersOf(teamId)) teams.add(String(user.id), String(teamId));

        const missing = new Set(teams.accounts).add(String((await client.me()).id));
        for await (const user of client.users(partial)) {
          const id = String(user.id);
          missing.delete(id);
          yield {
            id,
            username: user.login,
            ...toTexts(user, { email: "email", display_name: "full_name" }, `Gitea's user ${user.id}`, partial),
            // Gitea distinguishes users who may not sign in from users who are not activated yet.
            status: user.prohibit_login ? "suspended" : user.active ? "active" : "inactive",
            memberships: { team: teams.of(id) },
          };
        }
        // If a proxy drops the total, everybody known from elsewhere must still be in the list.
        const [first] = missing;
        if (first !== undefined)
          partial(`Gitea's list of users lacks ${missing.size} known users, such as the one with the id ${first}`);
      },
    };
  },

  findAccount: ({ client }, id) => client.getUser(id),
  access: {
    team: {
      async list({ client }, { login }, { added, removed }) {
        const ids: string[] = [];
        for (const { id } of [...added, ...removed]) if (await client.isMember(id, login)) ids.push(id);
        return ids;
      },
      add: ({ client }, { login }, team) => client.addToTeam(team.id, login),
      remove: ({ client }, { login }, team) => client.removeFromTeam(team.id, login),
    },
  },

  tasks: {
    async suspend_account({ client }, { account }) {
      await client.setLoginProhibited(await client.getUser(account.id), true);
    },

    async unsuspend_account({ client }, { account }) {
      await client.setLoginProhibited(await client.getUser(account.id), false);
    },
  },
});
