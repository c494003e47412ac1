import { createConnection, type Connection } from "@bridgekit/core/run";
import { quickRetry } from "@bridgekit/testing";
import { hr } from "../../../src/index.ts";
import type { BambooSandbox, BambooSandboxOptions } from "../../../sandbox/index.ts";
import { API_KEY, openBamboo } from "./open-bamboo.ts";

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
