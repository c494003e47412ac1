import { defineConfig } from "@bridgekit/cli";
import connector from "./src/index.ts";

/** For trying the connector by hand; without MY_SYSTEM_URL, with the stand-in of `sandbox/start.ts`. */
export default defineConfig({
  apps: {
    "my-system": {
      connector,
      config: {
        url: process.env["MY_SYSTEM_URL"] ?? "http://127.0.0.1:7410",
        token: process.env["MY_SYSTEM_TOKEN"] ?? "sandbox-token",
      },
    },
  },
});
