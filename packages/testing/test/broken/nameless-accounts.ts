import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const namelessAccounts: BrokenConnector = {
  mistake: "accounts have neither email nor username",
  caughtBy: "every record is valid, and a Bridge takes it",
  connector: createWikiConnector({
    sync: {
      async *account({ client }) {
        for await (const { id } of client.users()) yield { id };
      },
    },
  }),
};
