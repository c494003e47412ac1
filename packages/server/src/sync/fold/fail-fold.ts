import type { Kysely } from "kysely";
import type { Tables } from "../../database/schema.ts";
import { publishEnd } from "../publish-end.ts";
import type { FoldError } from "./fold-error.ts";
import type { FoldOptions } from "./fold.ts";

/** Has the session say why it waits, while it is tried again. */
export async function noteTrouble(database: Kysely<Tables>, { sessionId, cause }: FoldError): Promise<void> {
  await database
    .updateTable("sync_sessions")
    .set({ error: JSON.stringify({ error_code: "CLEANUP_RETRYING", message: describe(cause) }) })
    .where("id", "=", sessionId)
    .where("fold", "=", "due")
    .execute();
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/**
 * Gives up on a session until an administrator has it tried again. Its pages stay until they are discarded, or a newer
 * session starts, which reads the whole truth again.
 */
export async function failFold(
  database: Kysely<Tables>,
  { sessionId, cause }: FoldError,
  { events, now }: Pick<FoldOptions, "events" | "now">,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const session = await transaction
      .updateTable("sync_sessions")
      .set({
        status: "error",
        fold: "failed",
        folded_at: now(),
        error: JSON.stringify({
          error_code: "CLEANUP_FAILED",
          message: `Cleanup task failed after maximum retries. The cause: ${describe(cause)}`,
        }),
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
    if (session?.org_id == null) return;
    const orgId = session.org_id;
    await publishEnd(transaction, events, { orgId, session, status: "error", errorCode: "CLEANUP_FAILED" });
  });
}
