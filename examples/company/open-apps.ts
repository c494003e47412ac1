import type { BridgeConfig } from "@bridgekit/cli";
import type { BridgeClient } from "@bridgekit/client";
import { announceCapabilities, createConnection, registerResourceTypes, type Connection } from "@bridgekit/core/run";
import type { System } from "./system.ts";

export interface CompanyApp {
  name: string;
  appId: string;
  connection: Connection;
  system: System;
}

/** Opens the apps of the config with their systems, parents first; finds existing ones by name. */
export async function openApps(
  bridge: BridgeClient,
  config: BridgeConfig,
  systems: readonly System[],
): Promise<CompanyApp[]> {
  const existing = new Map<string, string>();
  for await (const { name, id } of bridge.listApps()) existing.set(name, id);

  const apps: CompanyApp[] = [];
  for (const system of systems) {
    const { connector, config: settings, name = system.key, cloneFrom } = config.apps[system.key]!;
    const parent = apps.find((app) => app.system.key === cloneFrom)?.appId;
    const appId =
      existing.get(name) ?? (await bridge.createApp({ name, ...(parent !== undefined && { clone_from: parent }) })).id;
    await registerResourceTypes(bridge, appId, connector);
    const connection = await createConnection(connector, settings);
    await announceCapabilities(bridge, appId, connection);
    apps.push({ name, appId, connection, system });
  }
  return apps;
}
