import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const readsNullLiterally: BrokenConnector = {
  mistake: "an empty name is none where it is null, and a name where it is an empty text",
  caughtBy: "a value that is absent, null or an empty text is read in one way",
  connector: createWikiConnector({
    sync: {
      async *account({ client }) {
        for await (const { id, name } of client.users()) yield { id, username: id, display_name: name ?? undefined };
      },
    },
  }),
};
