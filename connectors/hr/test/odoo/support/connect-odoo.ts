import { createConnection, type Connection } from "@bridgekit/core";
import { hr } from "../../../src/index.ts";
import { createOdooSandbox, type OdooSandbox, type OdooSandboxOptions } from "../../../sandbox/index.ts";

/** As often as in earnest, without the waiting. */
const quickRetry = { minDelaySeconds: 0.001, maxDelaySeconds: 0.002 };

export const API_KEY = "odoo-canary-key";

/** A connection to an Odoo sandbox in this process. */
export async function connectOdoo(
  options: OdooSandboxOptions = {},
  config: object = {},
): Promise<{ odoo: OdooSandbox; connection: Connection }> {
  const odoo = createOdooSandbox({ apiKey: API_KEY, seed: { employees: 30 }, ...options });
  const settings = { url: "http://odoo.example.com", apiKey: API_KEY, ...config };
  return {
    odoo,
    connection: await createConnection(hr({ system: "odoo" }), settings, { fetch: odoo.fetch, retry: quickRetry }),
  };
}

/** What the stream of a slug yields, and what it said to be missing. */
export async function readStream(connection: Connection, slug: string): Promise<{ records: any[]; missing: string[] }> {
  const missing: string[] = [];
  const records: unknown[] = [];
  const { client, logger } = connection;
  const partial = (reason: string) => void missing.push(reason);
  const signal = new AbortController().signal;
  for await (const record of connection.connector.sync[slug]!({ client, logger, signal, partial }))
    records.push(record);
  return { records, missing };
}
