import { createClient, type BridgeClient } from "@bridgekit/client";
import { existsSync } from "node:fs";
import type { CommandIo } from "../command-io.ts";
import { readConnection } from "../config/bridge-address.ts";
import { UsageError } from "../usage-error.ts";

/** What every command that only talks to a Bridge takes. */
export interface BridgeCommandOptions {
  /** A config file whose Bridge is meant; where absent that of the environment is. */
  config?: string;
  json?: boolean;
}

const USUAL_CONFIG = "bridge.config.ts";

/**
 * The Bridge that a command is about: that of `--config`, else that of `BRIDGE_URL` and `BRIDGE_API_KEY`, else that of
 * the config file in this folder.
 */
export async function openBridge({ config }: BridgeCommandOptions, io: CommandIo): Promise<BridgeClient> {
  const { BRIDGE_URL, BRIDGE_API_KEY } = io.env;
  const hasNone = !BRIDGE_URL && !BRIDGE_API_KEY;
  if (config !== undefined || (hasNone && existsSync(USUAL_CONFIG))) {
    // It runs the user's file, so only where there is no other way.
    const { loadConfig } = await import("../config/load-config.ts");
    const { bridge } = await loadConfig(config ?? USUAL_CONFIG, io.env);
    return createClient({ baseUrl: bridge.url, apiKey: bridge.apiKey, fetch: io.fetch });
  }
  const connection = readConnection(
    { url: BRIDGE_URL, apiKey: BRIDGE_API_KEY },
    { url: "BRIDGE_URL", apiKey: "BRIDGE_API_KEY" },
  );
  if ("problem" in connection) throw new UsageError(connection.problem);
  return createClient({ baseUrl: connection.url, apiKey: connection.apiKey, fetch: io.fetch });
}
