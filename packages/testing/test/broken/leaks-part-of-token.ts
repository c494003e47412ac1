import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const leaksPartOfToken: BrokenConnector = {
  mistake: "the beginning of the token stands in an error",
  caughtBy: "the secret is in no message",
  connector: createWikiConnector({
    client: (good, _, { token }) => ({
      async seats() {
        try {
          return await good.seats();
        } catch (error) {
          throw new Error(`reading seats with ${token.slice(0, 9)}... failed`, { cause: error });
        }
      },
    }),
  }),
};
