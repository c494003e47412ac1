import { findApp } from "../apps/find-app.ts";
import type { BridgeContext } from "../bridge-context.ts";
import { problem } from "../http/http-error.ts";
import type { Handler } from "../http/operation.ts";
import { findTask } from "./find-task.ts";
import { writeHistory } from "./task-history.ts";
import { claimOf, statusOf, type TaskRow } from "./task-status.ts";

export function createCancelTask({ database, events, now }: BridgeContext): Handler<"cancelTask"> {
  return async ({ key, path }) => {
    const app = await findApp(database, key, path.app_id);
    const time = now();
    const task = await database.transaction().execute(async (transaction) => {
      const open = await transaction
        .selectFrom("tasks")
        .selectAll()
        .where("id", "=", path.task_id)
        .where("app_id", "=", app.id)
        .where("outcome", "is", null)
        .forUpdate()
        .executeTakeFirst();
      if (open === undefined) return undefined;
      const error = { code: "INTERNAL_ERROR", message: describeCancel(open, time) } as const;
      await transaction
        .updateTable("tasks")
        .set({
          outcome: "failed",
          error: JSON.stringify(error),
          ended_at: time,
          cancelled_at: time,
          claimed_by: null,
          lease_expires_at: null,
        })
        .where("id", "=", open.id)
        .where("app_id", "=", app.id)
        .execute();
      await writeHistory(transaction, [open.id], { event: "cancelled", at: time, keyId: key.id });
      await events.publish(transaction, app.org_id, {
        type: "task.ended",
        app_id: app.id,
        task_id: open.id,
        action: open.action,
        status: "failed",
        error_code: error.code,
      });
      return open;
    });
    if (task !== undefined)
      return { status: 204, details: { before: { status: statusOf(task, time) }, after: { status: "failed" } } };
    const ended = statusOf(await findTask(database, app.id, path.task_id), time);
    return problem(409, `The task is ${ended} already.`);
  };
}

function describeCancel(task: TaskRow, now: Date): string {
  const claim = claimOf(task, now);
  if (claim === undefined) return "The task was cancelled before it was executed.";
  return (
    `The task was cancelled while the runner "${claim.runner}" had claimed it. ` +
    `Check in the system whether it was carried out.`
  );
}
