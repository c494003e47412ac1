import { defineConfig } from "@bridgekit/cli";
import { hr } from "@bridgekit/connector-hr";

/** What the bench has the command sync; `APP_ID` is an app of its own for each run. */
export default defineConfig({
  apps: {
    bench: { connector: hr, id: process.env["APP_ID"]!, config: { url: process.env["ODOO_URL"]!, apiKey: "bench" } },
  },
});
