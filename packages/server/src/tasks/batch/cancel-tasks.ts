import { type RawBuilder, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { findApp } from "../../apps/find-app.ts";
import type { BridgeContext } from "../../bridge-context.ts";
import { MOST_COUNTED, toBounded } from "../../http/bounded-count.ts";
import { problem } from "../../http/http-error.ts";
import type { Handler } from "../../http/operation.ts";
import { describeRunner, endAsCancelled } from "../end-as-cancelled.ts";
import { accountSlugOf } from "../find-task.ts";
import { nameItems } from "../task-names.ts";
import { isInOpenState, statusOf, type TaskRow } from "../task-status.ts";

type Schemas = components["schemas"];

/** Cancels tasks of an app, all in one step: these, or the oldest open ones that the filter finds. */
export function createCancelTasks({ database, events, now }: BridgeContext): Handler<"cancelTasks"> {
  return async ({ key, path, body: filter, remember }) => {
    const { task_ids: ids, limit, preview } = filter;
    const app = await findApp(database, key, path.app_id);
    const slug = await accountSlugOf(database, app);
    const time = now();
    const matches = filterOf(app.id, filter, time);
    return database.transaction().execute(async (transaction) => {
      const { rows } = await sql<TaskRow>`
        select * from tasks where ${matches} order by sequence limit ${ids?.length ?? limit}
        ${preview ? sql`` : sql`for update`}
      `.execute(transaction);
      const unknown = findUnknown(ids, rows);
      if (unknown !== undefined) return problem(422, `task_ids: no task of this app has the id ${unknown}`);
      const { rows: counted } = await sql<{ count: number }>`
        select count(*)::int as count from (select from tasks where ${matches} limit ${MOST_COUNTED + 1}) task
      `.execute(transaction);
      const items = await nameItems(
        transaction,
        slug,
        rows,
        rows.map((row) => toItem(row, time)),
      );
      const open = rows.filter(({ outcome }) => outcome === null);
      if (!preview) await endAsCancelled(transaction, events, { app, keyId: key.id, rows: open, now: time });
      const body = { preview, matching: toBounded(counted[0]?.count ?? 0), items };
      const details = preview ? undefined : { before: null, after: { cancelled: open.length } };
      const response = { status: 200, body, ...(details && { details }) } as const;
      await remember(transaction, response);
      return response;
    });
  };
}

/** Tasks that are named are found whether they are open or not, so that the response says what became of each. */
function filterOf(
  appId: string,
  { state, action, task_ids: ids }: Schemas["TaskCancel"],
  now: Date,
): RawBuilder<boolean> {
  const conditions = [
    sql`app_id = ${appId}::uuid`,
    ...(ids === undefined ? [sql`outcome is null`] : [sql`id = any(${ids}::uuid[])`]),
    ...(action === undefined ? [] : [sql`action = ${action}`]),
    ...(state === undefined ? [] : [isInOpenState(state, now)]),
  ];
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

function findUnknown(ids: readonly string[] = [], rows: readonly TaskRow[]): string | undefined {
  const known = new Set(rows.map(({ id }) => id));
  return ids.find((id) => !known.has(id.toLowerCase()));
}

function toItem(row: TaskRow, now: Date): Schemas["BatchItem"] {
  const { id, action, payload, outcome } = row;
  if (outcome !== null) return { task_id: id, reason: `The task is ${statusOf(row, now)} already.` };
  const runner = describeRunner(row, now);
  if (runner === undefined) return { task_id: id, action, payload };
  return { task_id: id, action, payload, left: `What was done already stays: ${runner}` };
}
