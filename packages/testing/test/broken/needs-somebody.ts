import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const needsSomebody: BrokenConnector = {
  mistake: "reading needs a first user",
  caughtBy: "an empty system is read to its end",
  connector: createWikiConnector({
    client: (good) => ({
      async *users() {
        const users = await Array.fromAsync(good.users());
        if (users[0]!.id !== "") yield* users;
      },
    }),
  }),
};
