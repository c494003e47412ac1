import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const swallowsErrors: BrokenConnector = {
  mistake: "an error of the system reads as an empty list",
  caughtBy: "a system that fails is an error or partial, at every call",
  connector: createWikiConnector({
    client: (good) => ({
      async *members(team) {
        try {
          yield* good.members(team);
        } catch {
          return;
        }
      },
    }),
  }),
};
