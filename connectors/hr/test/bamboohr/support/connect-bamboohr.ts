import { createConnection, type Connection } from "@bridgekit/core";
import { hr } from "../../../src/index.ts";
import type { BambooSandbox, BambooSandboxOptions } from "../../../sandbox/index.ts";
import { API_KEY, openBamboo } from "./open-bamboo.ts";

/** As often as in earnest, without the waiting. */
const quickRetry = { minDelaySeconds: 0.001, maxDelaySeconds: 0.002 };

/** A connection to a BambooHR sandbox in this process. */
export async function connectBambooHr(
  options: BambooSandboxOptions = {},
  config: object = {},
): Promise<{ bamboo: BambooSandbox; connection: Connection }> {
  const bamboo = openBamboo(options);
  const settings = { company: "acme", apiKey: API_KEY, ...config };
  const connector = hr({ system: "bamboohr" });
  return {
    bamboo,
    connection: await createConnection(connector, settings, { fetch: bamboo.fetch, retry: quickRetry }),
  };
}
