import { defineConnector, toOptionalText } from "@bridgekit/core";
import { z } from "zod";
import { createGiteaClient } from "./gitea-client.ts";
import { readTeams, type OrganizationTeam } from "./read-teams.ts";
import { toAccount } from "./to-account.ts";

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

  resourceTypes: {
    team: { type: "group", name: "Team" },
    account: { type: "account", name: "User" },
  },

  connect: (config, { http }) => ({
    gitea: createGiteaClient(config, http),
    /** What the teams of a run are, for its accounts: read twice, the two could disagree. */
    teamsOfRun: new WeakMap<AbortSignal, OrganizationTeam[]>(),
  }),

  async check({ client: { gitea } }) {
    const { login, is_admin: isAdmin } = await gitea.me();
    return [
      { name: "access token", isOk: true, message: `belongs to ${login}` },
      isAdmin
        ? { name: "site administrator", isOk: true }
        : { name: "site administrator", isOk: false, message: `needed for everything; make ${login} one` },
    ];
  },

  sync: {
    async *team({ client: { gitea, teamsOfRun }, signal, partial }) {
      const teams: OrganizationTeam[] = [];
      for await (const found of readTeams(gitea)) {
        const { organization, team } = found;
        teams.push(found);
        const description = toOptionalText(team.description, `Gitea's description of team ${team.id}`, partial);
        yield { id: String(team.id), name: `${organization} / ${team.name}`, ...(description && { description }) };
      }
      teamsOfRun.set(signal, teams);
    },

    async *account({ client: { gitea, teamsOfRun }, signal, partial }) {
      const teamsOfUser = new Map<number, number[]>();
      for (const { team } of teamsOfRun.get(signal) ?? (await Array.fromAsync(readTeams(gitea))))
        for await (const { id } of gitea.membersOf(team.id))
          teamsOfUser.set(id, [...(teamsOfUser.get(id) ?? []), team.id]);

      const missing = new Set(teamsOfUser.keys()).add((await gitea.me()).id);
      for await (const user of gitea.users(partial)) {
        missing.delete(user.id);
        yield toAccount(user, teamsOfUser.get(user.id) ?? [], partial);
      }
      // Where a proxy takes the total away, what is known from elsewhere has to be in the list all the same.
      const [first] = missing;
      if (first !== undefined)
        partial(`Gitea's list of users lacks ${missing.size} that are there, such as the user with the id ${first}`);
    },
  },

  tasks: {
    async suspend_account({ client: { gitea } }, { account }) {
      await gitea.setLoginProhibited(await gitea.getUser(account.id), true);
    },

    async unsuspend_account({ client: { gitea } }, { account }) {
      await gitea.setLoginProhibited(await gitea.getUser(account.id), false);
    },

    async update_account({ client: { gitea } }, { account, changes }) {
      const { login } = await gitea.getUser(account.id);
      const { added = [], removed = [] } = changes?.team ?? {};
      for (const team of added) await gitea.addToTeam(team.id, login);
      for (const team of removed) await gitea.removeFromTeam(team.id, login);
    },
  },
});
