import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { type App, noSuchApp } from "../../apps/find-app.ts";
import type { BridgeContext } from "../../bridge-context.ts";
import { toArrayLiteral } from "../../database/array-literal.ts";
import type { Tables } from "../../database/schema.ts";
import { writeHistory } from "../task-history.ts";
import { statusOf } from "../task-status.ts";

type Schemas = components["schemas"];

/** A task that is to be made. */
interface NewTask {
  action: Schemas["TaskAction"];
  payload: Schemas["TaskPayload"];
  /** The task that it tries again. */
  retryOf?: string;
}

interface Batch {
  app: App;
  keyId: string;
  tasks: readonly NewTask[];
  /** At most so many become due in a minute; all at once if undefined. */
  perMinute: number | undefined;
  now: Date;
}

/** A task that was made, and when it is due. */
export interface MadeTask {
  id: string;
  executeAfter: Date;
}

/** Makes several tasks of an app, in their order; they exist all or none. */
export async function insertTasks(
  transaction: Kysely<Tables>,
  events: BridgeContext["events"],
  { app, keyId, tasks, perMinute, now }: Batch,
): Promise<MadeTask[]> {
  if (tasks.length === 0) return [];
  const isScheduled = perMinute !== undefined;
  const order = await nextInOrder(transaction, app.id, { now, count: tasks.length });
  const made = tasks.map((task, index) => ({
    ...task,
    id: randomUUID(),
    executeAfter: (perMinute === undefined ? order[index] : paced(now, index, perMinute)) ?? now,
  }));
  // Before the rows: the events give the tasks their order, as for a single one.
  const created = made.map(({ id, action, executeAfter }) => {
    const status = statusOf({ outcome: null, execute_after: executeAfter, is_scheduled: isScheduled }, now);
    return { type: "task.created", app_id: app.id, task_id: id, action, status } as const;
  });
  const last = await events.publish(transaction, app.org_id, ...created);
  const column = (value: (task: (typeof made)[number]) => string | null) => toArrayLiteral(made.map(value));
  await sql`
    insert into tasks
      (id, app_id, sequence, action, payload, account_id, execute_after, is_scheduled, created_at, retry_of)
    select task.id, ${app.id}::uuid, ${last - made.length}::bigint + task.position, task.action, task.payload::jsonb,
      task.account_id, task.execute_after, ${isScheduled}::boolean, ${now}::timestamptz, task.retry_of
    from unnest(
      ${column(({ id }) => id)}::uuid[], ${column(({ action }) => action)}::text[],
      ${column(({ payload }) => JSON.stringify(payload))}::text[],
      ${column(({ payload }) => payload.account.id)}::text[],
      ${column(({ executeAfter }) => executeAfter.toISOString())}::timestamptz[],
      ${column(({ retryOf }) => retryOf ?? null)}::uuid[]
    ) with ordinality task (id, action, payload, account_id, execute_after, retry_of, position)
  `.execute(transaction);
  const ids = made.map(({ id }) => id);
  await writeHistory(transaction, ids, { event: "created", at: now, keyId });
  return made.map(({ id, executeAfter }) => ({ id, executeAfter }));
}

function paced(now: Date, index: number, perMinute: number): Date {
  return new Date(now.getTime() + Math.floor((index * 60_000) / perMinute));
}

/** The places of tasks without a wish for a time: one after the other, after all others of the app. Locks the app. */
async function nextInOrder(
  transaction: Kysely<Tables>,
  appId: string,
  { now, count }: { now: Date; count: number },
): Promise<Date[]> {
  const first = sql`case when task_horizon > ${now} then task_horizon + interval '1 millisecond' else ${now} end`;
  const app = await transaction
    .updateTable("apps")
    .set({ task_horizon: sql`${first} + ${count - 1}::int * interval '1 millisecond'` })
    .where("id", "=", appId)
    .returning("task_horizon")
    .executeTakeFirst();
  if (app?.task_horizon == null) throw noSuchApp(appId);
  const last = app.task_horizon.getTime();
  return Array.from({ length: count }, (_, index) => new Date(last - (count - 1 - index)));
}
