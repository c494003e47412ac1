import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const leaksToken: BrokenConnector = {
  mistake: "the token stands in an error",
  caughtBy: "the secret is in no message",
  connector: createWikiConnector({
    client: (good, _, { token }) => ({
      async seats() {
        try {
          return await good.seats();
        } catch (error) {
          throw new Error(`reading seats with ${token} failed`, { cause: error });
        }
      },
    }),
  }),
};
