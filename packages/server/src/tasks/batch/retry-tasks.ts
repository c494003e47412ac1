import { type RawBuilder, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { findApp } from "../../apps/find-app.ts";
import { lockApp } from "../../apps/lock-app.ts";
import { resourceTypesOf } from "../../apps/resource-types.ts";
import type { BridgeContext } from "../../bridge-context.ts";
import type { Handler } from "../../http/operation.ts";
import { MOST_COUNTED, toBounded } from "../../http/bounded-count.ts";
import { isUnresolved } from "../../overview/read-app-runs.ts";
import { findBrokenRule, findUnable } from "../check-payload.ts";
import { accountSlug } from "../find-task.ts";
import { nameItems } from "../task-names.ts";
import type { TaskRow } from "../task-status.ts";
import { insertTasks } from "./insert-tasks.ts";

type Schemas = components["schemas"];

/** Tries failed tasks of an app again, each by a new task; only those that were not tried again already. */
export function createRetryTasks({ database, events, now }: BridgeContext): Handler<"retryTasks"> {
  return async ({ key, path, body, remember }) => {
    const { limit, per_minute: perMinute, preview } = body;
    const app = await findApp(database, key, path.app_id);
    const types = await resourceTypesOf(database, app.clone_group_id);
    const matches = filterOf(app.id, body);
    const time = now();
    return database.transaction().execute(async (transaction) => {
      // The app before its tasks, like whoever else locks both.
      if (!preview) await lockApp(transaction, app.id);
      const { rows: counted } = await sql<{ count: number }>`
        select count(*)::int as count from (select from tasks where ${matches} limit ${MOST_COUNTED + 1}) task
      `.execute(transaction);
      const { rows } = await sql<TaskRow>`
        select * from tasks where ${matches} order by error ->> 'code', ended_at, id limit ${limit}
        ${preview ? sql`` : sql`for update`}
      `.execute(transaction);
      const judged = rows.map((row) => ({
        row,
        reason: findBrokenRule(row.payload, types) ?? findUnable(app.capabilities, row),
      }));
      const able = judged.flatMap(({ row, reason }) => (reason === undefined ? [row] : []));
      const tasks = able.map(({ id, action, payload }) => ({ action, payload, retryOf: id }));
      const batch = { app, keyId: key.id, tasks, perMinute, now: time };
      const made = preview ? [] : await insertTasks(transaction, events, batch);
      if (made.length > 0)
        await transaction
          .updateTable("tasks")
          .set({ retried_at: time })
          .where("app_id", "=", app.id)
          .where((row) => row("id", "=", row.fn.any(row.val(able.map(({ id }) => id)))))
          .execute();
      const madeOf = new Map(able.map(({ id }, index) => [id, made[index]]));
      const items = judged.map(({ row, reason }): Schemas["BatchItem"] => {
        const item: Schemas["BatchItem"] = { task_id: row.id, action: row.action, payload: row.payload };
        const created = madeOf.get(row.id);
        if (reason !== undefined) item.reason = reason;
        if (created !== undefined) {
          item.new_task_id = created.id;
          if (created.executeAfter) item.execute_after = created.executeAfter.toISOString();
        }
        return item;
      });
      const named = await nameItems(transaction, accountSlug(types), rows, items);
      const body = { preview, matching: toBounded(counted[0]?.count ?? 0), items: named };
      const details = preview ? undefined : { before: null, after: { retried: made.length } };
      const response = { status: 200, body, ...(details && { details }) } as const;
      await remember(transaction, response);
      return response;
    });
  };
}

function filterOf(appId: string, { code, action, task_ids: ids }: Schemas["TaskRetry"]): RawBuilder<boolean> {
  const conditions = [sql`app_id = ${appId}`, isUnresolved];
  if (code !== undefined) conditions.push(sql`error ->> 'code' = ${code}`);
  if (action !== undefined) conditions.push(sql`action = ${action}`);
  if (ids !== undefined) conditions.push(sql`id = any(${ids}::uuid[])`);
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}
