import { TaskError } from "@bridgekit/core";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const invitesAgain: BrokenConnector = {
  mistake: "an existing person whose email is null in a look-up is created again, and one without email is not",
  caughtBy: "create_account: reads empty values in one way",
  connector: createWikiConnector({
    tasks: {
      async create_account({ client }, { account }) {
        const existing = await client.findUser(account.email!);
        const isKnown = existing && existing.email !== null;
        if (isKnown) throw new TaskError("ACCOUNT_ALREADY_EXISTS", `The wiki has ${account.email} already.`);
        const { id } = await client.createUser(account.email!);
        return { account: { id } };
      },
    },
  }),
};
