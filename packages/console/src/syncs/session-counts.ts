import type { SyncSession } from "@bridgekit/client";

export interface SessionCounts {
  created: number;
  updated: number;
  removed: number;
  /** Null as long as nobody has counted them. */
  refsLost: number | null;
}

/** The counts of a session over all resource types. */
export function countSession({ progress }: Pick<SyncSession, "progress">): SessionCounts {
  const counts: SessionCounts = { created: 0, updated: 0, removed: 0, refsLost: null };
  for (const { created = 0, updated = 0, removed = 0, refs_lost } of progress) {
    counts.created += created;
    counts.updated += updated;
    counts.removed += removed;
    if (refs_lost !== undefined) counts.refsLost = (counts.refsLost ?? 0) + refs_lost;
  }
  return counts;
}

/** How long a session took, from its start to its end and then to be applied; null while it runs. */
export function toSeconds({ push_seconds, reconciliation_seconds }: SyncSession): number | null {
  return typeof push_seconds === "number" ? push_seconds + (reconciliation_seconds ?? 0) : null;
}
