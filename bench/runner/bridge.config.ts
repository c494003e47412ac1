import { defineConfig } from "@bridgekit/cli";
import { people } from "./people.ts";

/** The config that the bench syncs; each run has a new `APP_ID`. */
export default defineConfig({
  stateDir: process.env["STATE_DIR"]!,
  apps: { bench: { connector: people, id: process.env["APP_ID"]!, config: { url: process.env["SYSTEM_URL"]! } } },
});
