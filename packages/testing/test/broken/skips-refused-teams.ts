import { isUpstreamError } from "@bridgekit/core";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const skipsRefusedTeams: BrokenConnector = {
  mistake: "teams have no members once the token is not taken any more",
  caughtBy: "credentials that end in the middle are an error or partial, at every call",
  connector: createWikiConnector({
    client: (good) => ({
      async *members(team) {
        try {
          yield* good.members(team);
        } catch (error) {
          if (!isUpstreamError(error) || error.status !== 401) throw error;
        }
      },
    }),
  }),
};
