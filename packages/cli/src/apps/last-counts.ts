import type { BridgeClient } from "@bridgekit/client";

/** Returns the number of records of each type in the last completed sync; empty if unknown. */
export async function lastCounts(bridge: BridgeClient, appId: string): Promise<Record<string, number>> {
  try {
    let looked = 0;
    for await (const { status, progress } of bridge.listSyncs(appId, { pageSize: SESSIONS })) {
      if (status === "completed") return Object.fromEntries(progress.map((type) => [type.slug, type.synced_count]));
      if (++looked === SESSIONS) break;
    }
  } catch {
    // Only the progress bar needs it, and a Bridge without our extensions has no history.
  }
  return {};
}

const SESSIONS = 20;
