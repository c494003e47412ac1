import { isUpstreamError } from "@bridgekit/core";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const skipsForbiddenTeams: BrokenConnector = {
  mistake: "teams whose members are forbidden have none",
  caughtBy: "a part that is forbidden is an error or partial, at every call",
  connector: createWikiConnector({
    client: (good) => ({
      async *members(team) {
        try {
          yield* good.members(team);
        } catch (error) {
          if (!isUpstreamError(error) || error.code !== "PERMISSION_DENIED") throw error;
        }
      },
    }),
  }),
};
