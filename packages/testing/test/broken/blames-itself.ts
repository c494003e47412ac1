import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const blamesItself: BrokenConnector = {
  mistake: "a refusal of permission is told as a mistake of the connector",
  caughtBy: "delete_account: that is forbidden says so",
  connector: createWikiConnector({
    client: (good) => ({
      async deleteUser(id) {
        try {
          await good.deleteUser(id);
        } catch (error) {
          throw new Error("it did not work", { cause: error });
        }
      },
    }),
  }),
};
