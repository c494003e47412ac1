import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const goesOnAfterStop: BrokenConnector = {
  mistake: "a stop is not heard between two calls",
  caughtBy: "a stop ends the read between two calls and leaves nothing behind",
  connector: createWikiConnector({
    sync: {
      async *seat({ client }) {
        for (let attempt = 0; attempt < 50; attempt++)
          try {
            yield* await client.seats();
            return;
          } catch {
            await new Promise((resolve) => {
              setTimeout(resolve, 2);
            });
          }
      },
    },
  }),
};
