import { createWikiConnector, toAccount } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const forgetsTeamsInDeltas: BrokenConnector = {
  mistake: "accounts of a delta come without their teams",
  caughtBy: "a delta yields all that has changed, in full",
  connector: createWikiConnector({
    changes: {
      async *since({ client }, cursor) {
        const { users, next } = await client.changes(cursor);
        for await (const user of client.users())
          if (users.includes(user.id)) yield { slug: "account", record: toAccount(user, []) };
        return next;
      },
    },
  }),
};
