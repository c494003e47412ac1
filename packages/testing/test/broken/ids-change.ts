import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const idsChange: BrokenConnector = {
  mistake: "ids are made up anew in every read",
  caughtBy: "ids are unique, and the same in two reads",
  connector: createWikiConnector({
    sync: {
      async *seat({ client }) {
        for (const seat of await client.seats()) yield { ...seat, id: crypto.randomUUID() };
      },
    },
  }),
};
