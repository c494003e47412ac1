import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const dropsInactiveUsers: BrokenConnector = {
  mistake: "users who are not active are left out of every read",
  caughtBy: "a read yields what the product has",
  connector: createWikiConnector({
    client: (good) => ({
      async *users() {
        for await (const user of good.users()) if (user.isActive) yield user;
      },
    }),
  }),
};
