import type { BridgeClient, LiveRecord } from "@bridgekit/client";
import { registerResourceTypes, runSync, type Connection, type SyncResult } from "@bridgekit/core/run";

/** An app of a Bridge that is fed by a connection. */
export interface TestApp {
  appId: string;
  /** Reads everything and pushes it, once. */
  sync: () => Promise<SyncResult>;
  /** What the Bridge knows of a type, whoever is removed (`removed_at`) as well. */
  records: (slug: string) => Promise<LiveRecord[]>;
}

/** Makes an app that has the connector's resource types. */
export async function openApp(bridge: BridgeClient, connection: Connection): Promise<TestApp> {
  const { connector } = connection;
  const { id: appId } = await bridge.createApp({ name: connector.title });
  await registerResourceTypes(bridge, appId, connector);
  return {
    appId,
    sync: () => runSync({ bridge, appId, connection }),
    records: (slug) => Array.fromAsync(bridge.listRecords(appId, slug)),
  };
}
