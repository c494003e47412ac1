import { createConnection, type Connection } from "@bridgekit/core";
import { createSalesforceSandbox, type SalesforceSandbox, type SalesforceSandboxOptions } from "../../sandbox/index.ts";
import { salesforce } from "../../src/index.ts";

/** As often as in earnest, without the waiting. */
const quickRetry = { minDelaySeconds: 0.001, maxDelaySeconds: 0.002 };

export const CLIENT = { clientId: "sandbox-client", clientSecret: "salesforce-canary-secret" };
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

/** What the stream of a slug yields, and what it said to be missing. */
export async function readStream(connection: Connection, slug: string): Promise<{ records: any[]; missing: string[] }> {
  const missing: string[] = [];
  const { client, logger } = connection;
  const { signal } = new AbortController();
  const partial = (reason: string) => void missing.push(reason);
  const records = await Array.fromAsync(connection.connector.sync[slug]!({ client, logger, signal, partial }));
  return { records, missing };
}

/** The people of an org, the integration user not counted. */
export function peopleOf({ org }: SalesforceSandbox) {
  return org.rows("User").filter((user) => user["UserType"] === "Standard" && user["FirstName"]);
}
