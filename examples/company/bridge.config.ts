import { defineConfig } from "@bridgekit/cli";
import { hr } from "@bridgekit/connector-hr";
import { jira } from "@bridgekit/connector-jira";
import { salesforce } from "@bridgekit/connector-salesforce";

/** Written as by an operator: addresses and keys come from the environment. */
function read(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} must be set; \`npm start\` sets it.`);
  return value;
}

function odoo(region: string) {
  return { url: read(`HR_${region}_URL`), apiKey: read(`HR_${region}_API_KEY`) };
}

function site(unit: string) {
  const url = read(`JIRA_${unit}_URL`);
  return {
    site: url,
    email: read(`JIRA_${unit}_EMAIL`),
    apiToken: read(`JIRA_${unit}_API_TOKEN`),
    organization: { id: read("ATLASSIAN_ORG_ID"), apiKey: read("ATLASSIAN_ORG_API_KEY") },
    // The stand-in for the site also serves as Atlassian's gateway.
    apiUrl: url,
  };
}

export default defineConfig({
  apps: {
    "hr-emea": { connector: hr({ system: "odoo" }), name: "HR EMEA", config: odoo("EMEA") },
    "hr-apac": { connector: hr({ system: "odoo" }), name: "HR APAC", cloneFrom: "hr-emea", config: odoo("APAC") },
    "hr-americas": {
      connector: hr({ system: "bamboohr" }),
      name: "HR Americas (BambooHR)",
      config: { company: "americas", apiKey: read("HR_AMERICAS_API_KEY"), apiUrl: read("HR_AMERICAS_URL") },
    },
    "jira-engineering": { connector: jira, name: "Jira - Engineering", config: site("ENGINEERING") },
    "jira-legal": { connector: jira, name: "Jira - Legal", cloneFrom: "jira-engineering", config: site("LEGAL") },
    "jira-finance": { connector: jira, name: "Jira - Finance", cloneFrom: "jira-engineering", config: site("FINANCE") },
    salesforce: {
      connector: salesforce,
      name: "Salesforce",
      config: {
        url: read("SALESFORCE_URL"),
        signIn: {
          grant: "client_credentials",
          clientId: read("SALESFORCE_CLIENT_ID"),
          clientSecret: read("SALESFORCE_CLIENT_SECRET"),
        },
      },
    },
  },
  run: { syncEverySeconds: Number(process.env["DEMO_SYNC_SECONDS"] ?? 60), pollSeconds: 10 },
  stateDir: process.env["BRIDGE_STATE_DIR"] ?? ".bridge",
});
