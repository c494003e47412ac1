import type { Outcome, SyncResult } from "@bridgekit/core";
import type { Task } from "@bridgekit/client";

/** `completed: 120 account (3 created, 7 updated, 1 removed), 12 department` */
export function describeSync({ status, pushed, progress, missing }: SyncResult): string {
  const counts = new Map(progress.map((type) => [type.slug, type]));
  const parts = Object.entries(pushed).map(([slug, count]) => {
    const { created = 0, updated = 0, removed = 0 } = counts.get(slug) ?? {};
    const changes = Object.entries({ created, updated, removed }).filter(([, number]) => number > 0);
    const detail = changes.map(([verb, number]) => `${number} ${verb}`).join(", ");
    return `${count} ${slug}${detail && ` (${detail})`}`;
  });
  const why = missing.length > 0 ? `; nobody was removed, because something is missing: ${missing.join("; ")}` : "";
  return `${status}: ${parts.join(", ")}${why}`;
}

/** What JSON lines say of the end of a sync. */
export function toSyncFields({ syncId, mode, status, missing, pushed, badRecords, progress, usage }: SyncResult) {
  const { calls, retries, rateLimited, waitSeconds } = usage;
  return {
    sync_id: syncId,
    mode,
    status,
    missing,
    pushed,
    bad_records: badRecords,
    progress,
    usage: { calls, retries, rate_limited: rateLimited, wait_seconds: waitSeconds },
  };
}

/** `suspend_account 4711: completed`, or the code and message of the failure. */
export function describeOutcome(task: Task, outcome: Outcome): string {
  const subject = `${task.action} ${task.payload.account.id}`;
  return outcome.error
    ? `${subject}: failed, ${outcome.error.code}: ${outcome.error.message}`
    : `${subject}: completed`;
}
