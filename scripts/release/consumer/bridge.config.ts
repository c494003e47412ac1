import { defineConfig } from "@bridgekit/cli";
import { defineConnector } from "@bridgekit/core";
import { z } from "zod";
import { people } from "./people.ts";

interface Settings {
  host: string;
}

const wiki = defineConnector({
  name: "wiki",
  title: "Wiki",
  config: z.object({ host: z.string() }),
  resourceTypes: { account: { type: "account", name: "User" } },
  connect: ({ host }: Settings) => ({ host }),
  check: async ({ client }) => [{ name: client.host, isOk: true }],
  sync: ({ client }) => ({
    async *account() {
      for (const name of people) yield { id: name, email: `${name}@${client.host}` };
    },
  }),
});

export default defineConfig({ apps: { wiki: { connector: wiki, config: { host: "example.com" } } } });
