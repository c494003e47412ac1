import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const createsTwice: BrokenConnector = {
  mistake: "an account that exists is created again",
  caughtBy: "create_account: done twice does no harm",
  connector: createWikiConnector({
    tasks: {
      async create_account({ client }, { account }) {
        const { id } = await client.createUser(account.email!);
        return { account: { id } };
      },
    },
  }),
};
