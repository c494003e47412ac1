import type { BridgeClient, LiveRecord } from "@bridgekit/client";
import { registerResourceTypes, runSync, type Connection, type SyncResult } from "@bridgekit/core/run";

/** An app of a Bridge, fed by a connection. */
export interface TestApp {
  appId: string;
  /** Runs one sync. */
  sync: () => Promise<SyncResult>;
  /** Returns the records of a type, including removed ones (`removed_at`). */
  records: (slug: string) => Promise<LiveRecord[]>;
}

/** Creates an app with the connector's resource types. */
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
