import { Reading } from "../reading.ts";
import type { SyncOptions } from "../sync-options.ts";
import type { BadRecordReport } from "../records/bad-records.ts";
import { readBaseline, type Baseline } from "./baseline.ts";
import { ChangeSet, type Plan } from "./change-set.ts";

export interface PlanOptions extends Pick<SyncOptions, "bridge" | "connection" | "signal" | "receipts"> {
  /** Absent where the Bridge does not have the app yet. */
  appId: string | undefined;
}

export interface PlanResult extends Plan {
  /** Why a sync would be abandoned: then it removes nobody, whatever `removed` says. */
  missing: readonly string[];
  /** Which refs are not known, and why: accounts keep those that the Bridge has. */
  unknownRefs: readonly string[];
  badRecords: BadRecordReport;
  /** Fields that a sync would leave out of records, because they are wrong. */
  badFields: BadRecordReport;
}

/** Reads everything and changes nothing: what a sync would create, update and remove, and a hash to approve it by. */
export async function planSync(options: PlanOptions): Promise<PlanResult> {
  return planAgainst(await readBaseline(options), options);
}

export async function planAgainst(baseline: Baseline, options: PlanOptions): Promise<PlanResult> {
  const changes = new ChangeSet(baseline);
  const reading = new Reading(options.connection, {
    signal: options.signal,
    // Only the answer to a start says whether it can be told; a plan starts nothing.
    canContinue: true,
    canKeepRefs: true,
    stopAtFirstBadRecord: false,
    onRecord: (slug, record) => changes.observe(slug, record),
  });
  try {
    await reading.readEverything(
      async () => undefined,
      async () => undefined,
    );
  } finally {
    reading.stop();
  }
  return {
    ...(await changes.finish()),
    missing: reading.missing(),
    unknownRefs: reading.unknownRefs.reasons(),
    badRecords: reading.bad.report(),
    badFields: reading.bad.reportFields(),
  };
}
