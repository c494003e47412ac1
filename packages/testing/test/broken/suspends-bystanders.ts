import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const suspendsBystanders: BrokenConnector = {
  mistake: "everybody whose id begins like the one that is meant is suspended",
  caughtBy: "suspend_account: changes nothing else",
  connector: createWikiConnector({
    tasks: {
      async suspend_account({ client }, { account }) {
        await client.setActive(account.id, false);
        await client.setActive("u1", false);
      },
    },
  }),
};
