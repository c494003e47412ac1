import { TaskError } from "@bridgekit/core";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const givesUpAtLimits: BrokenConnector = {
  mistake: "a rate limit fails a task at once",
  caughtBy: "suspend_account: that is rate limited waits, and says so in the end",
  connector: createWikiConnector({
    tasks: {
      async suspend_account({ client }, { account }) {
        try {
          await client.setActive(account.id, false);
        } catch (error) {
          throw new TaskError("INTERNAL_ERROR", "The wiki is busy.", { cause: error });
        }
      },
    },
  }),
};
