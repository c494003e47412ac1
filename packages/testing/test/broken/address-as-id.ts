import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const addressAsId: BrokenConnector = {
  mistake: "the email is the id of an account",
  caughtBy: "an account's id is not the address that a person may change",
  connector: createWikiConnector({
    sync: {
      async *account({ client }) {
        for await (const { email } of client.users()) yield { id: email, email };
      },
    },
  }),
};
