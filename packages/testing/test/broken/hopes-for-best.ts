import { isUpstreamError } from "@bridgekit/core";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const hopesForBest: BrokenConnector = {
  mistake: "a lost answer counts as done",
  caughtBy: "suspend_account: survives faults before and after the effect",
  connector: createWikiConnector({
    tasks: {
      async suspend_account({ client }, { account }) {
        try {
          await client.setActive(account.id, false);
        } catch (error) {
          if (!isUpstreamError(error) || error.effect !== "unknown") throw error;
        }
      },
    },
  }),
};
