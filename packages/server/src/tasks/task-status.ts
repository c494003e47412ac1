import { type ExpressionBuilder, type RawBuilder, type Selectable, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { Tables } from "../database/schema.ts";
import { readBackOf } from "./read-back.ts";

type Task = components["schemas"]["Task"];
type TaskStatus = components["schemas"]["TaskStatus"];
export type TaskRow = Selectable<Tables["tasks"]>;

/** The maximum of the contract. */
const LONGEST_LEASE_MS = 3_600_000;

/**
 * A scheduled task becomes pending by time alone, so its status is computed when it is read. A task without a requested
 * time needs no clock.
 */
export function statusOf(
  { outcome, execute_after, is_scheduled }: Pick<TaskRow, "outcome" | "execute_after" | "is_scheduled">,
  now: Date,
): TaskStatus {
  return outcome ?? (!is_scheduled || execute_after <= now ? "pending" : "scheduled");
}

/** Whether an open task may be executed, as a condition on the table `task`. */
export function isDue(task: string, now: Date): RawBuilder<boolean> {
  return sql<boolean>`(not ${sql.ref(`${task}.is_scheduled`)} or ${sql.ref(`${task}.execute_after`)} <= ${now})`;
}

/**
 * A time that no due task comes after, as part of a query: now, or the position of the last task without a requested
 * time if the clock has gone back. It keeps tasks that wait for a later time out of the search. Null if the app is
 * gone, so nothing of it is due.
 */
export function lastDue(appId: string, now: Date): RawBuilder<Date> {
  return sql`(select greatest(${now}::timestamptz, app.task_horizon) from apps app where app.id = ${appId})`;
}

/** Who has claimed the task, during the lease. */
export function claimOf(
  { claimed_by, lease_expires_at }: Pick<TaskRow, "claimed_by" | "lease_expires_at">,
  now: Date,
): components["schemas"]["Claim"] | undefined {
  if (claimed_by === null || lease_expires_at === null) return undefined;
  if (lease_expires_at <= now || lease_expires_at > longestLease(now)) return undefined;
  return { runner: claimed_by, lease_expires_at: lease_expires_at.toISOString() };
}

/** Whether a lease lasts, as a condition on the table `task`; false or null if there is none. */
export function isLeased(task: string, now: Date): RawBuilder<boolean> {
  const expiry = sql.ref(`${task}.lease_expires_at`);
  return sql<boolean>`(${expiry} > ${now} and ${expiry} <= ${longestLease(now)})`;
}

/** A lease that ends later was given before the clock went back, and would last that much longer. */
function longestLease(now: Date): Date {
  return new Date(now.getTime() + LONGEST_LEASE_MS);
}

/** The states that an open task can be in. */
export type OpenState = Extract<components["schemas"]["TaskState"], "pending" | "scheduled" | "in_flight">;

/** The state of an open task as a condition on the table `tasks`. */
export function isInOpenState(state: OpenState, now: Date): RawBuilder<boolean> {
  switch (state) {
    case "pending":
      return sql`(outcome is null and ${isDue("tasks", now)} and not coalesce(${isLeased("tasks", now)}, false))`;
    case "scheduled":
      return sql`(outcome is null and is_scheduled and execute_after > ${now})`;
    case "in_flight":
      return isLeased("tasks", now);
    default:
      state satisfies never;
      return sql`false`;
  }
}

/** The status as a condition of a query; a claimed task is not `pending`. */
export function hasStatus(
  row: ExpressionBuilder<Tables, "tasks">,
  status: TaskStatus,
  { appId, now }: { appId: string; now: Date },
) {
  switch (status) {
    case "pending":
      return row.and([
        row("outcome", "is", null),
        row("execute_after", "<=", lastDue(appId, now)),
        isDue("tasks", now),
        sql<boolean>`not coalesce(${isLeased("tasks", now)}, false)`,
      ]);
    case "scheduled":
      return row.and([row("outcome", "is", null), sql<boolean>`is_scheduled`, row("execute_after", ">", now)]);
    case "completed":
    case "failed":
      return row("outcome", "=", status);
    default:
      status satisfies never;
      return sql<boolean>`false`;
  }
}

export function toTask(row: TaskRow, resourceType: string, now: Date): Task {
  const claim = claimOf(row, now);
  const begun = begunOf(row);
  const readBack = readBackOf(row.result);
  const heldAt = row.outcome === null ? row.held_at : null;
  return {
    id: row.id,
    action: row.action,
    resource_type: resourceType,
    status: statusOf(row, now),
    execute_after: (heldAt === null ? row.execute_after : (row.wished_at ?? row.created_at)).toISOString(),
    created_at: row.created_at.toISOString(),
    payload: row.payload,
    ...(row.result !== null && { result: row.result }),
    ...(row.error !== null && { error: row.error }),
    ...(readBack !== undefined && { read_back: readBack }),
    ended_at: row.ended_at?.toISOString() ?? null,
    ...(claim !== undefined && { claim }),
    ...(begun !== undefined && { begun }),
    ...(heldAt !== null && { held: { at: heldAt.toISOString() } }),
    ...(row.retry_of !== null && { retry_of: row.retry_of }),
    ...(row.retried_at !== null && { retried_at: row.retried_at.toISOString() }),
  };
}

function begunOf({ begun_by, begun_at }: TaskRow): Task["begun"] {
  return begun_by === null || begun_at === null ? undefined : { runner: begun_by, at: begun_at.toISOString() };
}
