import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const trustsEmptySuccesses: BrokenConnector = {
  mistake: "a success without content is an empty list",
  caughtBy: "a success without content is an error or partial, at every call",
  connector: createWikiConnector({
    client: (good) => ({
      async seats() {
        const seats: unknown = await good.seats();
        return Array.isArray(seats) ? seats : [];
      },
    }),
  }),
};
