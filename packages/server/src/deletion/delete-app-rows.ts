import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/schema.ts";
import { deleteParts, ROWS_PER_STEP, type Rows, type StepResult } from "./delete-some.ts";
import { rowsOfSession } from "./session-rows.ts";

/**
 * Deletes some of the rows of a deleted app. Sessions go first, because a running reconciliation holds its session
 * until it notices that the app is gone.
 */
export async function deleteAppRows(transaction: Kysely<Tables>, appId: string): Promise<StepResult> {
  const afterSessions = await deleteSessions(transaction, appId, ROWS_PER_STEP);
  if (afterSessions === 0) return "more";
  if (await hasSession(transaction, appId)) return "waiting";
  // The state of the index first: all who add to the index lock it.
  await transaction.deleteFrom("record_ref_progress").where("app_id", "=", appId).execute();
  await transaction.deleteFrom("app_runners").where("app_id", "=", appId).execute();
  await transaction.deleteFrom("record_counts").where("app_id", "=", appId).execute();
  const afterRecords = await deleteParts(transaction, recordsOf(appId), afterSessions);
  if (afterRecords === 0) return "more";
  return (await deleteTasks(transaction, appId, afterRecords)) === 0 ? "more" : "done";
}

function recordsOf(appId: string): Rows[] {
  const scope = sql<boolean>`app_id = ${appId}`;
  return [
    { table: "record_refs", scope, key: ["slug", "ref_digest", "account_slug", "account_id"] },
    { table: "record_terms", scope, key: ["slug", "term", "id"] },
    { table: "records", scope, key: ["slug", "id"] },
  ];
}

async function deleteSessions(transaction: Kysely<Tables>, appId: string, budget: number): Promise<number> {
  const sessions = await transaction
    .selectFrom("sync_sessions")
    .select("id")
    .where("app_id", "=", appId)
    .orderBy("sequence")
    .limit(budget)
    .forUpdate()
    .skipLocked()
    .execute();
  let left = budget;
  for (const { id } of sessions) {
    left = await deleteParts(transaction, rowsOfSession(id), left);
    if (left === 0) return 0;
    await transaction.deleteFrom("sync_sessions").where("id", "=", id).execute();
    left--;
  }
  return left;
}

async function hasSession(transaction: Kysely<Tables>, appId: string): Promise<boolean> {
  const session = await transaction
    .selectFrom("sync_sessions")
    .select("id")
    .where("app_id", "=", appId)
    .orderBy("sequence")
    .limit(1)
    .executeTakeFirst();
  return session !== undefined;
}

async function deleteTasks(transaction: Kysely<Tables>, appId: string, budget: number): Promise<number> {
  // Waits for reports and claims in progress, and for their history.
  const tasks = await transaction
    .selectFrom("tasks")
    .select("id")
    .where("app_id", "=", appId)
    .orderBy("execute_after")
    .orderBy("sequence")
    .limit(budget)
    .forUpdate()
    .execute();
  await deleteTasksById(
    transaction,
    tasks.map(({ id }) => id),
  );
  return budget - tasks.length;
}

/** Deletes tasks with their history. */
export async function deleteTasksById(transaction: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`delete from task_history where task_id = any(${ids}::uuid[])`.execute(transaction);
  await sql`delete from tasks where id = any(${ids}::uuid[])`.execute(transaction);
}
