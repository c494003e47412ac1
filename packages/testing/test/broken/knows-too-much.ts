import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const knowsTooMuch: BrokenConnector = {
  mistake: "an action is declared that no protocol has",
  caughtBy: "actions that are not declared are refused, and nothing is called",
  connector: createWikiConnector({
    tasks: { wipe_account: async () => undefined } as object,
  }),
};
