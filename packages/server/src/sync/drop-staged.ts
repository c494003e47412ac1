import type { Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";

/** Drops the pages of sessions that will not be folded, and what they would have changed. */
export async function dropStaged(transaction: Kysely<Tables>, sessionIds: readonly string[]): Promise<void> {
  if (sessionIds.length === 0) return;
  await transaction.deleteFrom("sync_pages").where("session_id", "in", sessionIds).execute();
  await transaction.deleteFrom("record_changes").where("session_id", "in", sessionIds).execute();
}
