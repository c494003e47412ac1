import type { Kysely } from "kysely";
import type { DeletionKind, Tables } from "../database/schema.ts";

/**
 * Has rows deleted in the background, in the transaction that makes them invisible: neither happens without the other.
 * The targets are ids of what the kind says. Whoever commits it wakes the `DeletionWorker`; another process, or the next
 * start, does it otherwise.
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
