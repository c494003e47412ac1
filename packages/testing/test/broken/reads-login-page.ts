import { isUpstreamError } from "@bridgekit/core";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const readsLoginPage: BrokenConnector = {
  mistake: "whatever is no JSON reads as no rows",
  caughtBy: "a login page is an error or partial, at every call",
  connector: createWikiConnector({
    client: (good) => ({
      async seats() {
        try {
          return await good.seats();
        } catch (error) {
          if (isUpstreamError(error) && error.message.includes("text/html")) return [];
          throw error;
        }
      },
    }),
  }),
};
