import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const rowsComeTwice: BrokenConnector = {
  mistake: "pages overlap, so that rows come twice",
  caughtBy: "ids are unique, and the same in two reads",
  connector: createWikiConnector({
    client: (good) => ({
      async *users() {
        for await (const user of good.users()) {
          yield user;
          if (user.id === "u5") yield user;
        }
      },
    }),
  }),
};
