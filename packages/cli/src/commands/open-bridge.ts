import { createClient, type BridgeClient } from "@bridgekit/client";
import { existsSync } from "node:fs";
import type { CommandIo } from "../command-io.ts";
import { readBridgeAddress } from "../config/read-bridge-address.ts";
import { UsageError } from "../usage-error.ts";

/** Options of every command that only talks to a Bridge. */
export interface BridgeCommandOptions {
  /** A config file whose Bridge to use. */
  config?: string;
  json?: boolean;
}

/** Options of a command that changes something on a Bridge. */
export interface ChangeOptions extends BridgeCommandOptions {
  /** Why, for the audit trail. */
  reason?: string;
}

/** Percent-encoded; the contract's limit. */
const LONGEST_REASON = 3_000;

const DEFAULT_CONFIG = "bridge.config.ts";

export function checkReason(reason: string | undefined): void {
  if (reason !== undefined && (reason === "" || encodeURIComponent(reason).length > LONGEST_REASON))
    throw new UsageError(`--reason is ${reason === "" ? "empty" : "too long"}; name a ticket, such as OPS-7.`);
}

/**
 * Opens the Bridge of `--config`, otherwise of `BRIDGE_URL` and `BRIDGE_API_KEY`, otherwise of the config file in this
 * folder.
 */
export async function openBridge({ config, reason }: ChangeOptions, io: CommandIo): Promise<BridgeClient> {
  checkReason(reason);
  const { BRIDGE_URL, BRIDGE_API_KEY } = io.env;
  const ownOptions = { fetch: io.fetch, ...(reason !== undefined && { reason }) };
  const hasNone = !BRIDGE_URL && !BRIDGE_API_KEY;
  if (config !== undefined || (hasNone && existsSync(DEFAULT_CONFIG))) {
    // Loading a config runs the user's code, so do it only if necessary.
    const { loadConfig } = await import("../config/load-config.ts");
    const { bridge } = await loadConfig(config ?? DEFAULT_CONFIG, io.env);
    return createClient({ baseUrl: bridge.url, apiKey: bridge.apiKey, ...ownOptions });
  }
  const address = readBridgeAddress(
    { url: BRIDGE_URL, apiKey: BRIDGE_API_KEY },
    { url: "BRIDGE_URL", apiKey: "BRIDGE_API_KEY" },
  );
  if ("problem" in address) throw new UsageError(address.problem);
  return createClient({ baseUrl: address.url, apiKey: address.apiKey, ...ownOptions });
}
