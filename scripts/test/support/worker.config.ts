import { defineConfig } from "@bridgekit/cli";
import { defineConnector } from "@bridgekit/core";
import { z } from "zod";

const wiki = defineConnector({
  name: "wiki",
  title: "Wiki",
  config: z.object({}),
  resourceTypes: { account: { type: "account", name: "User" } },
  connect: () => ({}),
  check: async () => [],
  sync: () => ({
    async *account() {
      yield { id: "u1", email: "ida@example.com" };
    },
  }),
});

export default defineConfig({ apps: { wiki: { connector: wiki, config: {} } } });
