import { createConnection, type Connection } from "@bridgekit/core/run";
import { quickRetry } from "@bridgekit/testing";
import { createSalesforceSandbox, type SalesforceSandbox, type SalesforceSandboxOptions } from "../../sandbox/index.ts";
import { salesforce } from "../../src/index.ts";

export const CLIENT = { clientId: "sandbox-client", clientSecret: "canary-client-secret" };
export const CONFIG = {
  url: "http://acme.my.salesforce.example.com",
  signIn: { grant: "client_credentials", ...CLIENT },
};

/** A connection to a Salesforce sandbox in this process. */
export async function connectSalesforce(
  options: SalesforceSandboxOptions = {},
  config: object = {},
): Promise<{ sandbox: SalesforceSandbox; connection: Connection }> {
  const sandbox = createSalesforceSandbox({ ...options, clientApp: { ...CLIENT, ...options.clientApp } });
  const connection = await createConnection(
    salesforce,
    { ...CONFIG, ...config },
    { fetch: sandbox.fetch, retry: quickRetry },
  );
  return { sandbox, connection };
}

/** The people of an org, the integration user not counted. */
export function peopleOf({ org }: SalesforceSandbox) {
  return org.rows("User").filter((user) => user["UserType"] === "Standard" && user["FirstName"]);
}
