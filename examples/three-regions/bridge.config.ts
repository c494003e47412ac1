import { defineConfig } from "@bridgekit/cli";
import { hr } from "@bridgekit/connector-hr";

/** Written as an operator would: addresses and keys come from the environment. */
function odoo(region: string) {
  const url = process.env[`HR_${region}_URL`];
  const apiKey = process.env[`HR_${region}_API_KEY`];
  if (!url || !apiKey)
    throw new Error(`HR_${region}_URL and HR_${region}_API_KEY must be set; \`npm start\` sets them.`);
  return { url, apiKey };
}

export default defineConfig({
  apps: {
    emea: { connector: hr, name: "HR EMEA", config: odoo("EMEA") },
    apac: { connector: hr, name: "HR APAC", cloneFrom: "emea", config: odoo("APAC") },
    americas: { connector: hr, name: "HR Americas", cloneFrom: "emea", config: odoo("AMERICAS") },
  },
  run: { syncEverySeconds: 60, pollSeconds: 10 },
  stateDir: process.env["BRIDGE_STATE_DIR"] ?? ".bridge",
});
