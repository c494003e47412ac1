import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { findApp, noSuchApp } from "../apps/find-app.ts";
import { resourceTypesOf } from "../apps/resource-types.ts";
import type { BridgeContext } from "../bridge-context.ts";
import { HELD_UNTIL, isRevocation } from "../budget/hold-tasks.ts";
import { spend } from "../budget/spend.ts";
import type { Tables } from "../database/schema.ts";
import { problem } from "../http/http-error.ts";
import type { Handler } from "../http/operation.ts";
import { findUnknown } from "./check-known.ts";
import { findBrokenRule, findUnable } from "./check-payload.ts";
import { accountSlug } from "./find-task.ts";
import { writeHistory } from "./task-history.ts";
import { statusOf, toTask } from "./task-status.ts";

export function createCreateTask({ database, events, now }: BridgeContext): Handler<"createTask"> {
  return async ({ key, path, body: { action, payload, execute_after }, remember }) => {
    const app = await findApp(database, key, path.app_id);
    const types = await resourceTypesOf(database, app.clone_group_id);
    const broken =
      findBrokenRule(payload, types) ??
      findUnable(app.capabilities, { action, payload }) ??
      (await findUnknown(database, app.id, { action, payload, types }));
    if (broken !== undefined) return problem(422, broken);

    const id = randomUUID();
    const time = now();
    const isScheduled = execute_after !== undefined;
    const requested = isScheduled ? new Date(execute_after) : time;
    const openStatus = statusOf({ outcome: null, execute_after: requested, is_scheduled: isScheduled }, time);
    return database.transaction().execute(async (transaction) => {
      if (isScheduled) await holdApp(transaction, app.id);
      // Before the event, which locks the organisation: so the app and its events have the tasks in the same order.
      const place = isScheduled ? requested : await nextInOrder(transaction, app.id, time);
      const isHeld = !(await isWithinBudget(transaction, app.org_id, { action, payload, now: time }));
      const status = isHeld ? "scheduled" : openStatus;
      const task = { app_id: app.id, task_id: id, action, status } as const;
      // Tasks that are due at the same time keep the order of their creation, which is that of their events. A
      // database's own numbers may come in blocks.
      const sequence = await events.publish(transaction, app.org_id, {
        type: "task.created",
        ...task,
        is_revocation: isRevocation({ action, payload }),
      });
      if (isHeld) await events.publish(transaction, app.org_id, { type: "task.held", ...task });
      const row = await transaction
        .with("created", (query) =>
          query
            .insertInto("tasks")
            .values({
              id,
              app_id: app.id,
              sequence,
              action,
              payload: JSON.stringify(payload),
              account_id: payload.account.id,
              execute_after: isHeld ? HELD_UNTIL : place,
              is_scheduled: isScheduled || isHeld,
              ...(isHeld && { held_at: time, wished_at: isScheduled ? requested : null }),
              created_at: time,
            })
            .returningAll(),
        )
        .with("history", (query) =>
          query
            .insertInto("task_history")
            .values({ task_id: id, position: 1, at: time, event: "created", key_id: key.id, runner: null }),
        )
        .selectFrom("created")
        .selectAll()
        .executeTakeFirstOrThrow();
      if (isHeld) await writeHistory(transaction, [id], { event: "held", at: time, keyId: key.id });
      const details = { before: null, after: { task_id: id, action, status } };
      const response = { status: 201, body: toTask(row, accountSlug(types), time), details } as const;
      await remember(transaction, response);
      return response;
    });
  };
}

/** Whether a task needs nothing of the budget of the hour, or there was enough, which is used then. */
async function isWithinBudget(
  transaction: Kysely<Tables>,
  orgId: string,
  { now, ...task }: Parameters<typeof isRevocation>[0] & { now: Date },
): Promise<boolean> {
  return !isRevocation(task) || (await spend(transaction, { orgId, kind: "revocations", count: 1, now })) === 1;
}

/**
 * The position of a task without a requested time: now, and after all others of the app, even if the clock has gone
 * back. Locks the app, so that it can't be deleted before the task exists.
 */
async function nextInOrder(transaction: Kysely<Tables>, appId: string, now: Date): Promise<Date> {
  const app = await transaction
    .updateTable("apps")
    .set({
      task_horizon: sql`case when task_horizon > ${now} then task_horizon + interval '1 millisecond' else ${now} end`,
    })
    .where("id", "=", appId)
    .returning("task_horizon")
    .executeTakeFirst();
  if (app?.task_horizon == null) throw noSuchApp(appId);
  return app.task_horizon;
}

/** Protects the app from deletion before the task exists. */
async function holdApp(transaction: Kysely<Tables>, appId: string): Promise<void> {
  const app = await transaction.selectFrom("apps").select("id").where("id", "=", appId).forShare().executeTakeFirst();
  if (app === undefined) throw noSuchApp(appId);
}
