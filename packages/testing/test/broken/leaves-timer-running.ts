import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const leavesTimerRunning: BrokenConnector = {
  mistake: "a heartbeat goes on when the read is over",
  caughtBy: "a stop ends the read between two calls and leaves nothing behind",
  connector: createWikiConnector({
    sync: {
      async *seat({ client }) {
        const heartbeat = setInterval(() => undefined, 60_000);
        yield* await client.seats();
        clearInterval(heartbeat);
      },
    },
  }),
};
