import { createWikiConnector, toAccount } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const missesChanges: BrokenConnector = {
  mistake: "a delta leaves out the first that has changed",
  caughtBy: "a delta yields all that has changed, in full",
  connector: createWikiConnector({
    changes: {
      async *since({ client }, cursor) {
        const { users, next } = await client.changes(cursor);
        for (const id of users.slice(1)) yield { slug: "account", record: toAccount(await client.getUser(id), []) };
        return next;
      },
    },
  }),
};
