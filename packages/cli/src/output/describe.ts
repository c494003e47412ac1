import { describeIncomplete, type Incomplete, type Outcome, type SyncResult } from "@bridgekit/core/run";
import type { Task } from "@bridgekit/client";

/** `completed: 120 account (3 created, 7 updated, 1 removed), 12 department` */
export function describeSync({ status, pushed, progress, missing, incomplete, unknownRefs }: SyncResult): string {
  const counts = new Map(progress.map((type) => [type.slug, type]));
  const parts = Object.entries(pushed).map(([slug, count]) => {
    const { created = 0, updated = 0, removed = 0 } = counts.get(slug) ?? {};
    const changes = Object.entries({ created, updated, removed }).filter(([, number]) => number > 0);
    const detail = changes.map(([verb, number]) => `${number} ${verb}`).join(", ");
    return `${count} ${slug}${detail && ` (${detail})`}`;
  });
  const unknown = unknownRefs.length > 0 ? `; kept unchanged: ${unknownRefs.join("; ")}` : "";
  return `${status}: ${parts.join(", ")}${describeMissing(missing, incomplete)}${unknown}`;
}

/** The first partial run gives only the reason; later ones also say since when. */
function describeMissing(missing: readonly string[], incomplete: Incomplete | undefined): string {
  if (incomplete && (incomplete.runs > 1 || missing.length === 0)) return `; ${describeIncomplete(incomplete)}`;
  return missing.length > 0 ? `; nobody was removed because the read was incomplete: ${missing.join("; ")}` : "";
}

/** The fields of a finished sync in JSON output. */
export function toSyncFields(result: SyncResult) {
  const { syncId, mode, status, missing, incomplete, unknownRefs, pushed, badRecords, badFields, progress } = result;
  const { calls, retries, rateLimited, waitSeconds } = result.usage;
  return {
    sync_id: syncId,
    mode,
    status,
    missing,
    ...(incomplete && { incomplete: toIncompleteFields(incomplete) }),
    unknown_refs: unknownRefs,
    pushed,
    bad_records: badRecords,
    bad_fields: badFields,
    progress,
    usage: { calls, retries, rate_limited: rateLimited, wait_seconds: waitSeconds },
  };
}

/** The fields of an incomplete app in JSON output. */
export function toIncompleteFields({ since, runs, reasons, isRecurring }: Incomplete) {
  return { since, runs, is_recurring: isRecurring, reasons };
}

/** `suspend_account 4711: completed`, or the code and message of the failure. */
export function describeOutcome(task: Task, outcome: Outcome): string {
  const subject = `${task.action} ${task.payload.account.id}`;
  return outcome.error
    ? `${subject}: failed, ${outcome.error.code}: ${outcome.error.message}`
    : `${subject}: completed`;
}
