import { findApp } from "../apps/find-app.ts";
import type { BridgeContext } from "../bridge-context.ts";
import { problem } from "../http/http-error.ts";
import type { Handler } from "../http/operation.ts";
import { endAsCancelled } from "./end-as-cancelled.ts";
import { findTask } from "./find-task.ts";
import { statusOf } from "./task-status.ts";

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
      await endAsCancelled(transaction, events, { app, keyId: key.id, rows: [open], now: time });
      return open;
    });
    if (task !== undefined)
      return { status: 204, details: { before: { status: statusOf(task, time) }, after: { status: "failed" } } };
    const ended = statusOf(await findTask(database, app.id, path.task_id), time);
    return problem(409, `The task is ${ended} already.`);
  };
}
