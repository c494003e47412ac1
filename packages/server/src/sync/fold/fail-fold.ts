import type { Kysely } from "kysely";
import type { Tables } from "../../database/schema.ts";
import { dropStaged } from "../drop-staged.ts";
import { publishEnd } from "../publish-end.ts";
import type { FoldOptions } from "./fold.ts";

/**
 * Gives up on a session. Its pages are dropped: a newer sync tells the whole truth again, and nothing may bring this
 * one back.
 */
export async function failFold(
  database: Kysely<Tables>,
  sessionId: string,
  { events, now }: Pick<FoldOptions, "events" | "now">,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const session = await transaction
      .updateTable("sync_sessions")
      .set({
        status: "error",
        fold: "failed",
        folded_at: now(),
        error: JSON.stringify({ error_code: "CLEANUP_FAILED", message: "Cleanup task failed after maximum retries." }),
      })
      .where("id", "=", sessionId)
      // Another worker may have folded it after all.
      .where("fold", "=", "due")
      .returning([
        "id",
        "app_id",
        (row) => row.selectFrom("apps").select("org_id").whereRef("apps.id", "=", "sync_sessions.app_id").as("org_id"),
      ])
      .executeTakeFirst();
    if (session === undefined) return;
    await dropStaged(transaction, [sessionId]);
    const orgId = session.org_id ?? "";
    await publishEnd(transaction, events, { orgId, session, status: "error", errorCode: "CLEANUP_FAILED" });
  });
}
