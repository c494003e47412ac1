import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { type App, noSuchApp } from "../../apps/find-app.ts";
import type { BridgeContext } from "../../bridge-context.ts";
import { toArrayLiteral } from "../../database/array-literal.ts";
import { HELD_UNTIL, isRevocation } from "../../budget/hold-tasks.ts";
import { spend } from "../../budget/spend.ts";
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

/** A task that was made, and when it is due; held ones have no such time. */
export interface MadeTask {
  id: string;
  executeAfter?: Date;
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
  let left = await spend(transaction, {
    orgId: app.org_id,
    kind: "revocations",
    count: tasks.filter(isRevocation).length,
    now,
  });
  const made = tasks.map((task, index) => {
    const isHeld = isRevocation(task) && left-- <= 0;
    const executeAfter = (perMinute === undefined ? order[index] : paced(now, index, perMinute)) ?? now;
    return { ...task, id: randomUUID(), isHeld, executeAfter: isHeld ? HELD_UNTIL : executeAfter };
  });
  // Before the rows: the events give the tasks their order, as for a single one.
  const news = made.map(({ id, action, executeAfter, isHeld }) => {
    const status = statusOf({ outcome: null, execute_after: executeAfter, is_scheduled: isScheduled || isHeld }, now);
    return { app_id: app.id, task_id: id, action, status } as const;
  });
  const last = await events.publish(
    transaction,
    app.org_id,
    ...news.map(
      (task, index) => ({ type: "task.created", ...task, is_revocation: isRevocation(made[index]!) }) as const,
    ),
  );
  const heldOnes = news.filter((_task, index) => made[index]?.isHeld);
  if (heldOnes.length > 0)
    await events.publish(transaction, app.org_id, ...heldOnes.map((task) => ({ type: "task.held", ...task }) as const));
  const column = (value: (task: (typeof made)[number]) => string | null) => toArrayLiteral(made.map(value));
  await sql`
    insert into tasks
      (id, app_id, sequence, action, payload, account_id, execute_after, is_scheduled, created_at, retry_of, held_at)
    select task.id, ${app.id}::uuid, ${last - made.length}::bigint + task.position, task.action, task.payload::jsonb,
      task.account_id, task.execute_after, ${isScheduled}::boolean or task.is_held, ${now}::timestamptz, task.retry_of,
      case when task.is_held then ${now}::timestamptz end
    from unnest(
      ${column(({ id }) => id)}::uuid[], ${column(({ action }) => action)}::text[],
      ${column(({ payload }) => JSON.stringify(payload))}::text[],
      ${column(({ payload }) => payload.account.id)}::text[],
      ${column(({ executeAfter }) => executeAfter.toISOString())}::timestamptz[],
      ${column(({ retryOf }) => retryOf ?? null)}::uuid[],
      ${column(({ isHeld }) => String(isHeld))}::boolean[]
    ) with ordinality task (id, action, payload, account_id, execute_after, retry_of, is_held, position)
  `.execute(transaction);
  const ids = made.map(({ id }) => id);
  await writeHistory(transaction, ids, { event: "created", at: now, keyId });
  const held = heldOnes.map(({ task_id }) => task_id);
  if (held.length > 0) await writeHistory(transaction, held, { event: "held", at: now, keyId });
  return made.map(({ id, executeAfter, isHeld }) => (isHeld ? { id } : { id, executeAfter }));
}

function paced(now: Date, index: number, perMinute: number): Date {
  return new Date(now.getTime() + Math.floor((index * 60_000) / perMinute));
}

/** The places of tasks without a wish for a time: one after the other, after all others of the app. Locks the app. */
export async function nextInOrder(
  transaction: Kysely<Tables>,
  appId: string,
  { now, count }: { now: Date; count: number },
): Promise<Date[]> {
  if (count === 0) return [];
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
