import type { Kysely } from "kysely";
import type { DeletionKind } from "../database/tables/bookkeeping.ts";
import type { Tables } from "../database/schema.ts";

/**
 * Orders the deletion of rows in the background, in the transaction that makes them invisible: neither happens without
 * the other. The kind says what the targets are ids of. The caller wakes the `DeletionWorker` after the commit;
 * otherwise another process or the next start carries it out.
 */
export async function orderDeletion(
  transaction: Kysely<Tables>,
  kind: DeletionKind,
  targets: readonly string[],
): Promise<void> {
  if (targets.length === 0) return;
  await transaction
    .insertInto("deletions")
    .values(targets.map((target) => ({ kind, target })))
    .onConflict((conflict) => conflict.columns(["kind", "target"]).doNothing())
    .execute();
}
