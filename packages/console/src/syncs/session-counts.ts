import type { SyncSession } from "@bridgekit/client";

export interface SessionCounts {
  pushed: number;
  created: number;
  updated: number;
  removed: number;
}

/** The counts of a session over all resource types. */
export function countSession({ progress }: Pick<SyncSession, "progress">): SessionCounts {
  const counts = { pushed: 0, created: 0, updated: 0, removed: 0 };
  for (const { synced_count, created = 0, updated = 0, removed = 0 } of progress) {
    counts.pushed += synced_count;
    counts.created += created;
    counts.updated += updated;
    counts.removed += removed;
  }
  return counts;
}
