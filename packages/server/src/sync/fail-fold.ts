import type { Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";

/**
 * Gives up on the session that is next in the line of the app. Its pages are dropped: a newer sync tells the whole
 * truth again, and nothing may bring this one back.
 */
export async function failNext(database: Kysely<Tables>, appId: string, now: Date): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const session = await transaction
      .selectFrom("sync_sessions")
      .select("id")
      .where("app_id", "=", appId)
      .where("fold", "=", "due")
      .orderBy("ended_sequence")
      .limit(1)
      .forUpdate()
      .executeTakeFirst();
    if (session === undefined) return;
    await transaction
      .updateTable("sync_sessions")
      .set({
        status: "error",
        fold: "failed",
        folded_at: now,
        error: JSON.stringify({ error_code: "CLEANUP_FAILED", message: "Cleanup task failed after maximum retries." }),
      })
      .where("id", "=", session.id)
      .execute();
    await transaction.deleteFrom("sync_pages").where("session_id", "=", session.id).execute();
  });
}
