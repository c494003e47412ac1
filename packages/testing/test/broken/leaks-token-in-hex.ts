import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const leaksTokenInHex: BrokenConnector = {
  mistake: "the token stands in an error in hexadecimal, as in a dump of a request",
  caughtBy: "the secret is in no message",
  connector: createWikiConnector({
    client: (good, _, { token }) => ({
      async seats() {
        try {
          return await good.seats();
        } catch (error) {
          throw new Error(`sent ${Buffer.from(token).toString("hex")}`, { cause: error });
        }
      },
    }),
  }),
};
