import { defineConfig } from "@bridgekit/cli";
import { people } from "./people.ts";

/** What the bench has the command sync; `APP_ID` is an app of its own for each run. */
export default defineConfig({
  stateDir: process.env["STATE_DIR"]!,
  apps: { bench: { connector: people, id: process.env["APP_ID"]!, config: { url: process.env["SYSTEM_URL"]! } } },
});
