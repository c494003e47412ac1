import { TaskError } from "@bridgekit/core";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const onlyAdds: BrokenConnector = {
  mistake: "what a change removes is ignored",
  caughtBy: "update_account: adds and removes each kind of ref",
  connector: createWikiConnector({
    tasks: {
      async update_account({ client }, { account, changes = {} }) {
        if (changes["seat"]) throw new TaskError("INTERNAL_ERROR", "A seat of the wiki can't be changed.");
        for (const { id } of changes["team"]?.added ?? []) await client.addMember(id, account.id);
      },
    },
  }),
};
