import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const asksForEachUser: BrokenConnector = {
  mistake: "every user is asked for on its own",
  caughtBy: "a read takes no more calls than its budget",
  connector: createWikiConnector({
    client: (good) => ({
      async *users() {
        for await (const { id } of good.users()) yield await good.getUser(id);
      },
    }),
  }),
};
