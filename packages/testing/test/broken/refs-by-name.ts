import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const refsByName: BrokenConnector = {
  mistake: "accounts refer to teams by name, and teams are synced by id",
  caughtBy: "refs point at groups and licenses that were read",
  connector: createWikiConnector({
    sync: {
      async *account({ client }) {
        for await (const { id, email } of client.users())
          yield { id, email, memberships: { team: [{ id: "Team t1" }] } };
      },
    },
  }),
};
