import type { PushedRecord, RefMap } from "@bridgekit/client";
import { SyncError } from "../errors/sync-error.ts";

/** What the protocol allows in one record for each slug. */
const MAX_REFS = 100;

/** Fails closed: cutting the refs of an account would read as losing the rest of its access. */
export function checkRefs(record: PushedRecord): void {
  const refs = record as { memberships?: RefMap; assignments?: RefMap };
  for (const field of ["memberships", "assignments"] as const)
    for (const [slug, list] of Object.entries(refs[field] ?? {}))
      if (list.length > MAX_REFS)
        throw new SyncError(
          "REJECTED",
          `Record "${record.id}" has ${list.length} refs in ${field}.${slug}; the protocol takes ${MAX_REFS}. ` +
            `Nothing is cut off: leave out groups that grant nothing, or split the type into several.`,
        );
}
