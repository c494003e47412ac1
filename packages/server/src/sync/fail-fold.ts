import type { Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";

/**
 * Gives up on a session. Its pages are dropped: a newer sync tells the whole truth again, and nothing may bring this
 * one back.
 */
export async function failFold(database: Kysely<Tables>, sessionId: string, now: Date): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable("sync_sessions")
      .set({
        status: "error",
        fold: "failed",
        folded_at: now,
        error: JSON.stringify({ error_code: "CLEANUP_FAILED", message: "Cleanup task failed after maximum retries." }),
      })
      .where("id", "=", sessionId)
      // Another worker may have folded it after all.
      .where("fold", "=", "due")
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return;
    await transaction.deleteFrom("sync_pages").where("session_id", "=", sessionId).execute();
  });
}
