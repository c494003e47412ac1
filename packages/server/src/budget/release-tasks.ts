import { type Kysely, sql } from "kysely";
import { findApp } from "../apps/find-app.ts";
import { lockApp } from "../apps/lock-app.ts";
import type { BridgeContext } from "../bridge-context.ts";
import { toArrayLiteral } from "../database/array-literal.ts";
import type { Tables } from "../database/schema.ts";
import type { Handler } from "../http/operation.ts";
import { nextInOrder } from "../tasks/batch/insert-tasks.ts";
import { writeHistory } from "../tasks/task-history.ts";
import { statusOf, type TaskRow } from "../tasks/task-status.ts";

const MOST_TASKS = 1_000;

/** Releases tasks that the budget of the hour holds: they take their place in the order of the app as if they were new. */
export function createReleaseTasks({ database, events, now }: BridgeContext): Handler<"releaseTasks"> {
  return async ({ key, path, body: { task_ids: ids } }) => {
    const app = await findApp(database, key, path.app_id);
    const time = now();
    return database.transaction().execute(async (transaction) => {
      // The app before its tasks, like whoever else locks both.
      await lockApp(transaction, app.id);
      const held = await lockHeld(transaction, app.id, ids);
      const order = await nextInOrder(transaction, app.id, { now: time, count: held.length });
      const released = held.map(({ id, action, wished_at }, index) => {
        const isScheduled = wished_at !== null && wished_at > time;
        return {
          id,
          action,
          is_scheduled: isScheduled,
          execute_after: isScheduled ? wished_at : (order[index] ?? time),
        };
      });
      await sql`
        update tasks set held_at = null, execute_after = task.execute_after, is_scheduled = task.is_scheduled
        from unnest(
          ${toArrayLiteral(released.map(({ id }) => id))}::uuid[],
          ${toArrayLiteral(released.map(({ execute_after }) => execute_after.toISOString()))}::timestamptz[],
          ${toArrayLiteral(released.map(({ is_scheduled }) => String(is_scheduled)))}::boolean[]
        ) task (id, execute_after, is_scheduled)
        where tasks.id = task.id and tasks.app_id = ${app.id}
      `.execute(transaction);
      await writeHistory(
        transaction,
        released.map(({ id }) => id),
        { event: "released", at: time, keyId: key.id },
      );
      const news = released.map((task) => {
        const status = statusOf({ ...task, outcome: null }, time);
        const { id: task_id, action } = task;
        // Nothing else is held.
        return { type: "task.released", app_id: app.id, task_id, action, is_revocation: true, status } as const;
      });
      if (news.length > 0) await events.publish(transaction, app.org_id, ...news);
      const details = { before: null, after: { released: released.length } };
      return { status: 200, body: { released: released.length }, details } as const;
    });
  };
}

/** The oldest first. */
async function lockHeld(
  transaction: Kysely<Tables>,
  appId: string,
  ids: readonly string[] | undefined,
): Promise<TaskRow[]> {
  return transaction
    .selectFrom("tasks")
    .selectAll()
    .where("app_id", "=", appId)
    .where("held_at", "is not", null)
    .where("outcome", "is", null)
    .$if(ids !== undefined, (query) => query.where((row) => row("id", "=", row.fn.any(row.val([...(ids ?? [])])))))
    .orderBy("held_at")
    .orderBy("sequence")
    .limit(MOST_TASKS)
    .forUpdate()
    .execute();
}
