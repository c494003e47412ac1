import { isUpstreamError } from "@bridgekit/core";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const swallowsResets: BrokenConnector = {
  mistake: "a broken connection ends a list",
  caughtBy: "a broken connection is an error or partial, at every call",
  connector: createWikiConnector({
    client: (good) => ({
      async *users() {
        try {
          yield* good.users();
        } catch (error) {
          if (!isUpstreamError(error) || error.status !== undefined) throw error;
        }
      },
    }),
  }),
};
