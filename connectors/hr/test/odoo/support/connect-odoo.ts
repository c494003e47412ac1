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
