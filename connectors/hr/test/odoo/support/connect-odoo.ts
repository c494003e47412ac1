import { createConnection, type Connection } from "@bridgekit/core/run";
import { quickRetry } from "@bridgekit/testing";
import { hr } from "../../../src/index.ts";
import { createOdooSandbox, type OdooSandbox, type OdooSandboxOptions } from "../../../sandbox/index.ts";

export const API_KEY = "odoo-canary-key";

/** A connection to an Odoo sandbox in this process. */
export async function connectOdoo(
  options: OdooSandboxOptions = {},
  config: object = {},
  /** Changes the rows of every list before the connector gets them. */
  edit?: (rows: any[]) => any[],
): Promise<{ odoo: OdooSandbox; connection: Connection }> {
  const odoo = createOdooSandbox({ apiKey: API_KEY, seed: { employees: 30 }, ...options });
  const settings = { url: "http://odoo.example.com", apiKey: API_KEY, ...config };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await odoo.fetch(input, init);
    const isList = edit && response.ok && String(input instanceof Request ? input.url : input).endsWith("search_read");
    return isList ? Response.json(edit((await response.json()) as any[])) : response;
  };
  return {
    odoo,
    connection: await createConnection(hr({ system: "odoo" }), settings, { fetch, retry: quickRetry }),
  };
}
