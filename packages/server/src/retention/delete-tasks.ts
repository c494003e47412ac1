import type { Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";
import { deleteTasksById } from "../deletion/delete-app-rows.ts";

const TASKS_PER_STEP = 1_000;

/** Deletes the tasks that ended before `cutoff` with their history, and yields the number after each step. */
export async function* deleteTasks(database: Kysely<Tables>, cutoff: Date): AsyncGenerator<number> {
  let deleted: number;
  do {
    deleted = await database.transaction().execute((transaction) => deleteSome(transaction, cutoff));
    yield deleted;
  } while (deleted === TASKS_PER_STEP);
}

async function deleteSome(transaction: Kysely<Tables>, cutoff: Date): Promise<number> {
  const expired = await transaction
    .selectFrom("tasks")
    .select("id")
    .where("ended_at", "<", cutoff)
    .orderBy("ended_at")
    .limit(TASKS_PER_STEP)
    .forUpdate()
    .skipLocked()
    .execute();
  await deleteTasksById(
    transaction,
    expired.map(({ id }) => id),
  );
  return expired.length;
}
