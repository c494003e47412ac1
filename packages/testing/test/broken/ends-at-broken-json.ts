import { isUpstreamError } from "@bridgekit/core";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const endsAtBrokenJson: BrokenConnector = {
  mistake: "JSON that can't be read ends a list",
  caughtBy: "an answer that is cut off is an error or partial, at every call",
  connector: createWikiConnector({
    client: (good) => ({
      async *teams() {
        try {
          yield* good.teams();
        } catch (error) {
          if (!isUpstreamError(error) || error.status !== 200) throw error;
        }
      },
    }),
  }),
};
