import { SyncError } from "../../errors/sync-error.ts";
import { readBaseline } from "./baseline.ts";
import { ChangeSet, type Plan } from "./change-set.ts";
import { planAgainst, type PlanOptions } from "./plan-sync.ts";

/** What was approved, while it is carried out. */
export interface Approval {
  changes: ChangeSet;
  /** Throws where what was read is not what was approved. */
  check(): Promise<void>;
}

/**
 * Reads everything once without pushing, so that nothing is told of a system that is not the one that was looked at.
 * Then the records are watched again while they are pushed.
 *
 * @throws SyncError APPROVAL with the hash of what would happen now.
 */
export async function openApproval(options: PlanOptions, hash: string): Promise<Approval> {
  const baseline = await readBaseline(options);
  const plan = await planAgainst(baseline, options);
  if (plan.hash !== hash) throw notApproved(plan, hash, "Nothing was pushed");
  const changes = new ChangeSet(baseline);
  return {
    changes,
    async check() {
      const now = await changes.finish();
      if (now.hash !== hash) throw notApproved(now, hash, "It was abandoned; nobody was removed");
    },
  };
}

function notApproved({ hash, types }: Plan, approved: string, consequence: string): SyncError {
  const parts = types.map(({ slug, created, updated, removed }) => {
    const changed = updated === undefined ? "" : `, ${updated} updated`;
    return `${slug}: ${created} created${changed}, ${removed} removed`;
  });
  return new SyncError(
    "APPROVAL",
    `What was approved (${approved}) is not what this sync would do now: ${parts.join("; ")}. ${consequence}. ` +
      `Look at it with \`bridgekit plan\`; the hash is ${hash} now.`,
  );
}
