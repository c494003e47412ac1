import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const cutsRefsOff: BrokenConnector = {
  mistake: "only the first 100 teams of an account are told",
  caughtBy: "more than 100 refs are told in full or fail loudly",
  connector: createWikiConnector({
    sync: {
      async *account(context) {
        for await (const record of createWikiConnector().sync(context)["account"]!()) {
          const account = record as { memberships: { team: object[] } };
          yield { ...account, memberships: { team: account.memberships.team.slice(0, 100) } };
        }
      },
    },
  }),
};
