import type { Kysely } from "kysely";
import type { Tables } from "../../database/schema.ts";
import { publishEnd } from "../publish-end.ts";
import type { ReconciliationError } from "./reconciliation-error.ts";
import type { ReconciliationOptions } from "./reconcile.ts";

/** Stores why the session waits while its reconciliation is retried. */
export async function noteTrouble(database: Kysely<Tables>, { sessionId, cause }: ReconciliationError): Promise<void> {
  await database
    .updateTable("sync_sessions")
    .set({ error: JSON.stringify({ error_code: "CLEANUP_RETRYING", message: describe(cause) }) })
    .where("id", "=", sessionId)
    .where("reconciliation", "=", "due")
    .execute();
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/**
 * Gives up on a session until an administrator retries it. Its pages stay until they are discarded or a newer session
 * starts, which reads everything again.
 */
export async function failReconciliation(
  database: Kysely<Tables>,
  { sessionId, cause }: ReconciliationError,
  { events, now }: Pick<ReconciliationOptions, "events" | "now">,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const session = await transaction
      .updateTable("sync_sessions")
      .set({
        status: "error",
        reconciliation: "failed",
        reconciled_at: now(),
        error: JSON.stringify({
          error_code: "CLEANUP_FAILED",
          message: `Cleanup task failed after maximum retries. The cause: ${describe(cause)}`,
        }),
      })
      .where("id", "=", sessionId)
      // Another worker may have reconciled it meanwhile.
      .where("reconciliation", "=", "due")
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
