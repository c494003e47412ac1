import { createWikiConnector } from "../support/wiki-connector.ts";
import { wikiOptions } from "../support/wiki-options.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const suspendsByTeams: BrokenConnector = {
  mistake: "suspending takes all teams away, and the author calls that done",
  caughtBy: "suspend_account: changes nothing else",
  connector: createWikiConnector({
    tasks: {
      async suspend_account({ client }, { account }) {
        for (const team of await client.teamsOf(account.id)) await client.removeMember(team, account.id);
      },
    },
  }),
  options: {
    ...wikiOptions,
    actions: {
      ...wikiOptions.actions,
      suspend_account: {
        payload: () => ({ account: { id: "u3" } }),
        isDone: (wiki, { account }) => [...wiki.members.values()].every((ids) => !ids.includes(account.id)),
      },
    },
  },
};
