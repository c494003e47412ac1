import type { BridgeClient } from "@bridgekit/client";

/** How many records of each type the last completed sync of an app had; nothing where nobody knows. */
export async function lastCounts(bridge: BridgeClient, appId: string): Promise<Record<string, number>> {
  try {
    let looked = 0;
    for await (const { status, progress } of bridge.listSyncs(appId, { pageSize: SESSIONS })) {
      if (status === "completed") return Object.fromEntries(progress.map((type) => [type.slug, type.synced_count]));
      if (++looked === SESSIONS) break;
    }
  } catch {
    // Only a bar needs it, and a Bridge without our extensions has no history.
  }
  return {};
}

const SESSIONS = 20;
