import { isUpstreamError } from "@bridgekit/core";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const skipsLostTeams: BrokenConnector = {
  mistake: "teams whose members are not found have none",
  caughtBy: "a part that is not found is an error or partial, at every call",
  connector: createWikiConnector({
    client: (good) => ({
      async *members(team) {
        try {
          yield* good.members(team);
        } catch (error) {
          if (!isUpstreamError(error) || error.status !== 404) throw error;
        }
      },
    }),
  }),
};
