import type { BridgeClient } from "@bridgekit/client";
import { hr } from "@bridgekit/connector-hr";
import { createConnection, registerResourceTypes, type Connection } from "@bridgekit/core";
import type { Region } from "./regions.ts";

export interface RegionApp {
  region: Region;
  appId: string;
  connection: Connection;
}

/** The parent app and its clones: found by name where an earlier run has made them. */
export async function openApps(bridge: BridgeClient, regions: readonly Region[]): Promise<RegionApp[]> {
  const existing = new Map<string, string>();
  for await (const { name, id } of bridge.listApps()) existing.set(name, id);

  const apps: RegionApp[] = [];
  for (const region of regions) {
    const parent = apps[0]?.appId;
    const appId =
      existing.get(region.name) ??
      (await bridge.createApp({ name: region.name, ...(parent !== undefined && { clone_from: parent }) })).id;
    await registerResourceTypes(bridge, appId, hr);
    const connection = await createConnection(hr, { url: region.server.url, apiKey: region.apiKey });
    apps.push({ region, appId, connection });
  }
  return apps;
}
