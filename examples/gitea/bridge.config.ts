import { defineConfig } from "@bridgekit/cli";
import connector from "./src/index.ts";

/** For trying the connector by hand; without GITEA_URL it is the stand-in of `sandbox/start.ts`. */
export default defineConfig({
  apps: {
    gitea: {
      connector,
      config: {
        url: process.env["GITEA_URL"] ?? "http://127.0.0.1:7410",
        token: process.env["GITEA_TOKEN"] ?? "sandbox-token",
      },
    },
  },
});
