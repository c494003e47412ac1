import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const alwaysOk: BrokenConnector = {
  mistake: "check says yes without asking",
  caughtBy: "check says whether there is access",
  connector: createWikiConnector({
    client: () => ({ whoAmI: async () => ({ name: "bridge" }) }),
  }),
};
