import { roundUsage } from "../run-context.ts";
import type { RunState } from "./run-recorder.ts";
import type { SyncResult } from "./sync-options.ts";

/** What a run has come to, for whoever called it. */
export function toSyncResult(status: SyncResult["status"], state: RunState): SyncResult {
  const { mode, syncId, reading, pusher, duplicates, progress = [] } = state;
  return {
    syncId,
    mode,
    status,
    missing: reading.missing(),
    unknownRefs: reading.unknownRefs.reasons(),
    pushed: Object.fromEntries([...pusher.counts].map(([slug, { pushed }]) => [slug, pushed])),
    duplicates: Object.fromEntries([...duplicates].filter(([, count]) => count > 0)),
    badRecords: reading.bad.report(),
    badFields: reading.bad.reportFields(),
    progress,
    usage: roundUsage(reading.usage),
  };
}
