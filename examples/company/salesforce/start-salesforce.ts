import { createSalesforceSandbox, type SalesforceState } from "@bridgekit/connector-salesforce/sandbox";
import { join } from "node:path";
import type { Addresses } from "../addresses.ts";
import { readState, writeState } from "../keep-state.ts";
import type { System } from "../system.ts";
import { planSalesforceTasks } from "./plan-salesforce-tasks.ts";

/** Starts the company's Salesforce org in its state of the last run. Tasks wait in it. */
export async function startSalesforce(folder: string, addresses: Addresses): Promise<System> {
  const file = join(folder, "salesforce.json");
  const state = await readState<SalesforceState>(file);
  const salesforce = createSalesforceSandbox({ seed: { people: 60, groups: 5 }, ...(state && { state }) });
  const server = await addresses.listen("salesforce", (port) => salesforce.listen({ port }));
  return {
    key: "salesforce",
    url: server.url,
    settings: {
      SALESFORCE_URL: server.url,
      SALESFORCE_CLIENT_ID: "sandbox-client",
      SALESFORCE_CLIENT_SECRET: "secret-salesforce-sandbox",
    },
    countAccounts: () => salesforce.org.rows("User").filter(({ UserType }) => UserType === "Standard").length,
    planTasks: () => planSalesforceTasks(salesforce),
    save: () => writeState(file, salesforce.snapshot()),
    close: () => server.close(),
  };
}
