import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const keepsLists: BrokenConnector = {
  mistake: "a list is kept for as long as the connection",
  caughtBy: "a second read of one connection sees what has changed",
  connector: createWikiConnector({
    client(good) {
      let known: Promise<{ id: string; name: string }[]> | undefined;
      const members = new Map<string, Promise<string[]>>();
      return {
        async *teams() {
          yield* await (known ??= Array.fromAsync(good.teams()));
        },
        async *members(team) {
          const reading = members.get(team) ?? Array.fromAsync(good.members(team));
          members.set(team, reading);
          yield* await reading;
        },
      };
    },
  }),
};
