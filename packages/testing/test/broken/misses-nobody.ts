import { isUpstreamError } from "@bridgekit/core";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const missesNobody: BrokenConnector = {
  mistake: "an account that is missing counts as suspended",
  caughtBy: "suspend_account: of a missing account is told apart",
  connector: createWikiConnector({
    client: (good) => ({
      async setActive(id, isActive) {
        try {
          await good.setActive(id, isActive);
        } catch (error) {
          if (!isUpstreamError(error) || error.status !== 404) throw error;
        }
      },
    }),
  }),
};
