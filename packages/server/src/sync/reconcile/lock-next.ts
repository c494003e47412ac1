import type { Kysely } from "kysely";
import type { Tables } from "../../database/schema.ts";
import type { ReconciliationTarget } from "./reconciliation-target.ts";

/** Locks the due session of the app that ended first; undefined if none is due or another worker has it. */
export async function lockNext(
  transaction: Kysely<Tables>,
  appId: string,
  now: Date,
): Promise<ReconciliationTarget | undefined> {
  const oldest = await transaction
    .selectFrom("sync_sessions")
    .select("id")
    .where("app_id", "=", appId)
    .where("reconciliation", "=", "due")
    .orderBy("ended_sequence")
    .limit(1)
    .executeTakeFirst();
  if (oldest === undefined) return undefined;
  // The worker that has it continues with later ones. A worker that waited would be missing for other apps.
  const session = await transaction
    .selectFrom("sync_sessions")
    .selectAll()
    .where("id", "=", oldest.id)
    .where("reconciliation", "=", "due")
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (session === undefined) return undefined;
  const app = await transaction
    .selectFrom("apps")
    .select(["org_id", "live_version", "removal_guard"])
    .where("id", "=", appId)
    .executeTakeFirst();
  if (app === undefined) return undefined;
  return {
    session,
    orgId: app.org_id,
    guard: app.removal_guard,
    keepsRefs: await hasPagesWith(transaction, session.id, "unknown_refs"),
    hasParts: await hasPagesWith(transaction, session.id, "continued"),
    version: app.live_version + 1,
    now,
  };
}

/** Whether any page of the session uses the column. Nearly all sessions use none, and cost nothing more. */
async function hasPagesWith(
  database: Kysely<Tables>,
  sessionId: string,
  column: "unknown_refs" | "continued",
): Promise<boolean> {
  const page = await database
    .selectFrom("sync_pages")
    .select("position")
    .where("session_id", "=", sessionId)
    .where(column, "is not", null)
    .limit(1)
    .executeTakeFirst();
  return page !== undefined;
}
