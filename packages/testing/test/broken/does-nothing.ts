import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const doesNothing: BrokenConnector = {
  mistake: "an action says done and does nothing",
  caughtBy: "suspend_account: is done",
  connector: createWikiConnector({
    tasks: { suspend_account: async () => undefined },
  }),
};
