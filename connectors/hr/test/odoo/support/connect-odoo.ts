import { createConnection, type Connection } from "@bridgekit/core";
import { quickRetry } from "@bridgekit/testing";
import { hr } from "../../../src/index.ts";
import { createOdooSandbox, type OdooSandbox, type OdooSandboxOptions } from "../../../sandbox/index.ts";

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
