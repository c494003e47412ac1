import type { SyncProgress } from "@bridgekit/client";
import { roundUsage } from "../run-context.ts";
import type { Incomplete } from "../state/receipt.ts";
import type { SyncSession } from "./session.ts";
import type { StreamReader } from "./stream-reader.ts";
import type { SyncResult } from "./sync-options.ts";

/** A run that had a session. */
interface Opened {
  mode: SyncResult["mode"];
  session: SyncSession;
  reader: StreamReader;
}

export interface EndedRun extends Opened {
  status: SyncResult["status"];
  /** What the Bridge returns for the session at the end. */
  progress: readonly SyncProgress[];
  /** Where the changes begin that the Bridge does not have yet. */
  cursor?: string | undefined;
}

/** How a run ended; one that failed may have had no session. */
export type RunEnd =
  | EndedRun
  | ({ status: "failed"; error: unknown } & (Opened | { mode: "full"; session?: never; reader?: never }));

/** What a run comes to, for the caller. */
export function toSyncResult(end: EndedRun, incomplete: Incomplete | undefined): SyncResult {
  const { mode, status, session, reader, progress } = end;
  return {
    syncId: session.id,
    mode,
    status,
    missing: reader.missing(),
    ...(incomplete && { incomplete }),
    unknownRefs: reader.unknownRefs.reasons(),
    pushed: Object.fromEntries([...reader.ids.keys()].map((slug) => [slug, session.countsOf(slug).pushed])),
    duplicates: Object.fromEntries([...reader.duplicates].filter(([, count]) => count > 0)),
    badRecords: reader.bad.report(),
    badFields: reader.bad.reportFields(),
    progress,
    usage: roundUsage(reader.usage),
  };
}
