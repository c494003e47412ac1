import type { components } from "@bridgekit/client";
import { findApp } from "../../apps/find-app.ts";
import { resourceTypesOf } from "../../apps/resource-types.ts";
import type { BridgeContext } from "../../bridge-context.ts";
import { problem } from "../../http/http-error.ts";
import type { Handler } from "../../http/operation.ts";
import { findUnable } from "../check-payload.ts";
import { accountSlug } from "../find-task.ts";
import { nameItems } from "../task-names.ts";
import { toTask } from "../task-status.ts";
import { insertTasks, type MadeTask } from "./insert-tasks.ts";
import { type Inverse, inverseOf } from "./inverse-of.ts";

type Schemas = components["schemas"];

/** Makes the tasks that undo completed ones, the newest first. */
export function createUndoTasks({ database, events, now }: BridgeContext): Handler<"undoTasks"> {
  return async ({ key, path, body: { task_ids: ids, preview }, remember }) => {
    const app = await findApp(database, key, path.app_id);
    const types = await resourceTypesOf(database, app.clone_group_id);
    const time = now();
    const rows = await database
      .selectFrom("tasks")
      .selectAll()
      .where("app_id", "=", app.id)
      .where((row) => row("id", "=", row.fn.any(row.val(ids))))
      .orderBy("ended_at", "desc")
      .orderBy("sequence", "desc")
      .execute();
    const known = new Set(rows.map(({ id }) => id));
    const unknown = ids.find((id) => !known.has(id.toLowerCase()));
    if (unknown !== undefined) return problem(422, `task_ids: no task of this app has the id ${unknown}`);
    const undone = rows.map((row) => {
      const inverse = inverseOf(toTask(row, accountSlug(types), time));
      return { row, inverse: refuseUnable(app.capabilities, inverse) };
    });
    const able = undone.flatMap(({ row, inverse: { task } }) => (task === undefined ? [] : [{ id: row.id, task }]));
    return database.transaction().execute(async (transaction) => {
      const tasks = able.map(({ task }) => task);
      const batch = { app, keyId: key.id, tasks, perMinute: undefined, now: time };
      const made = preview ? [] : await insertTasks(transaction, events, batch);
      const madeOf = new Map(able.map(({ id }, index) => [id, made[index]]));
      const items = await nameItems(
        transaction,
        accountSlug(types),
        rows,
        undone.map(({ row, inverse }) => toItem(row.id, inverse, madeOf.get(row.id))),
      );
      const body = { preview, matching: { count: items.length, count_is_exact: true }, items };
      const details = preview ? undefined : { before: null, after: { undone: made.length } };
      const response = { status: 200, body, ...(details && { details }) } as const;
      await remember(transaction, response);
      return response;
    });
  };
}

function toItem(taskId: string, inverse: Inverse, made: MadeTask | undefined): Schemas["BatchItem"] {
  if (inverse.task === undefined) return { task_id: taskId, reason: inverse.reason };
  const item: Schemas["BatchItem"] = { task_id: taskId, ...inverse.task };
  if (inverse.left !== undefined) item.left = inverse.left;
  if (made === undefined) return item;
  item.new_task_id = made.id;
  if (made.executeAfter) item.execute_after = made.executeAfter.toISOString();
  return item;
}

function refuseUnable(capabilities: Schemas["Capabilities"] | null, inverse: Inverse): Inverse {
  if (inverse.task === undefined) return inverse;
  const reason = findUnable(capabilities, inverse.task);
  return reason === undefined ? inverse : { reason };
}
