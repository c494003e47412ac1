import { type Kysely, sql } from "kysely";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import { PATIENT } from "../database/tune.ts";
import { problem } from "../http/http-error.ts";
import type { Handler } from "../http/operation.ts";
import { findApp } from "./find-app.ts";
import { lockApp } from "./lock-app.ts";

export function createDeleteApp({ database }: BridgeContext): Handler<"deleteApp"> {
  return async ({ key, path }) => {
    const app = await findApp(database, key, path.app_id);
    const isDeleted = await database.transaction().execute(async (transaction) => {
      await sql.raw(PATIENT).execute(transaction);
      await lockApp(transaction, app.id);
      if (await hasDueSession(transaction, app.id)) return false;
      await deleteSessions(transaction, app.id);
      await deleteRecords(transaction, app.id);
      await deleteTasks(transaction, app.id);
      await transaction.deleteFrom("apps").where("id", "=", app.id).execute();
      return true;
    });
    if (!isDeleted) return problem(409, "A session of the app has ended and is not folded yet; try again soon.");
    const { name, removal_guard } = app;
    return { status: 204, details: { before: { name, removal_guard }, after: null } };
  };
}

// No session becomes due while the app is locked, and one that is must not be waited for: its fold waits for the app.
async function hasDueSession(transaction: Kysely<Tables>, appId: string): Promise<boolean> {
  const due = await transaction
    .selectFrom("sync_sessions")
    .select("id")
    .where("app_id", "=", appId)
    .where("fold", "=", "due")
    .limit(1)
    .executeTakeFirst();
  return due !== undefined;
}

async function deleteSessions(transaction: Kysely<Tables>, appId: string): Promise<void> {
  const sessions = transaction.selectFrom("sync_sessions").select("id").where("app_id", "=", appId);
  // Waits for pages that are being staged: a later one finds its session gone.
  await sessions.forUpdate().execute();
  await transaction.deleteFrom("sync_pages").where("session_id", "in", sessions).execute();
  await transaction.deleteFrom("record_changes").where("session_id", "in", sessions).execute();
  await transaction.deleteFrom("sync_sessions").where("app_id", "=", appId).execute();
}

async function deleteRecords(transaction: Kysely<Tables>, appId: string): Promise<void> {
  // First how far the index has come, which is locked by whoever adds to the index.
  await transaction.deleteFrom("record_ref_progress").where("app_id", "=", appId).execute();
  await transaction.deleteFrom("record_refs").where("app_id", "=", appId).execute();
  await transaction.deleteFrom("records").where("app_id", "=", appId).execute();
}

async function deleteTasks(transaction: Kysely<Tables>, appId: string): Promise<void> {
  const tasks = transaction.selectFrom("tasks").select("id").where("app_id", "=", appId);
  // Waits for reports and claims that are being written, and for their history.
  await tasks.forUpdate().execute();
  await transaction.deleteFrom("task_history").where("task_id", "in", tasks).execute();
  await transaction.deleteFrom("tasks").where("app_id", "=", appId).execute();
}
