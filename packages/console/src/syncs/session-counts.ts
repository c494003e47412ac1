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

/** How long a session took, from its start to its end and then to be applied; null while it runs. */
export function toSeconds({ push_seconds, reconciliation_seconds }: SyncSession): number | null {
  return typeof push_seconds === "number" ? push_seconds + (reconciliation_seconds ?? 0) : null;
}
