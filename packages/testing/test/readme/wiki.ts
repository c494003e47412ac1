import { defineConnector } from "@bridgekit/core";
import { z } from "zod";
import { createWikiClient } from "./wiki-client.ts";

export const wiki = defineConnector({
  name: "wiki",
  title: "Wiki",
  config: z.object({ url: z.url(), token: z.string().meta({ secret: true }) }),
  resourceTypes: { space: { type: "group", name: "Space" }, account: { type: "account", name: "User" } },
  connect: (config, { http }) => createWikiClient(config, http),
  check: async ({ client }) => [{ name: "API token", isOk: await client.isSignedIn() }],
  sync: ({ client }) => ({
    space: () => client.spaces(), // { id, name }
    async *account() {
      for await (const { id, email, spaces } of client.users()) yield { id, email, memberships: { space: spaces } };
    },
  }),
  access: {
    space: {
      list: ({ client }, id) => client.spacesOf(id),
      add: ({ client }, id, space) => client.join(space.id, id),
      remove: ({ client }, id, space) => client.leave(space.id, id),
    },
  },
  tasks: { suspend_account: async ({ client }, { account }) => client.suspend(account.id) },
});
