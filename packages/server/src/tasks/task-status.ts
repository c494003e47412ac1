import { type ExpressionBuilder, type Selectable, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { Tables } from "../database/schema.ts";

type Task = components["schemas"]["Task"];
type TaskStatus = components["schemas"]["TaskStatus"];
export type TaskRow = Selectable<Tables["tasks"]>;

/** A scheduled task becomes pending by time alone: its status is worked out when somebody looks. */
export function statusOf(
  { outcome, execute_after }: Pick<TaskRow, "outcome" | "execute_after">,
  now: Date,
): TaskStatus {
  return outcome ?? (execute_after <= now ? "pending" : "scheduled");
}

/** Who has the task in hand, while the lease lasts. */
export function claimOf(
  { claimed_by, lease_expires_at }: Pick<TaskRow, "claimed_by" | "lease_expires_at">,
  now: Date,
): components["schemas"]["Claim"] | undefined {
  if (claimed_by === null || lease_expires_at === null || lease_expires_at <= now) return undefined;
  return { runner: claimed_by, lease_expires_at: lease_expires_at.toISOString() };
}

/** The status as a condition of a query, where a task that a runner has in hand is not `pending` for anybody else. */
export function hasStatus(row: ExpressionBuilder<Tables, "tasks">, status: TaskStatus, now: Date) {
  switch (status) {
    case "pending":
      return row.and([
        row("outcome", "is", null),
        row("execute_after", "<=", now),
        row.or([row("lease_expires_at", "is", null), row("lease_expires_at", "<=", now)]),
      ]);
    case "scheduled":
      return row.and([row("outcome", "is", null), row("execute_after", ">", now)]);
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
  return {
    id: row.id,
    action: row.action,
    resource_type: resourceType,
    status: statusOf(row, now),
    execute_after: row.execute_after.toISOString(),
    created_at: row.created_at.toISOString(),
    payload: row.payload,
    ...(row.result !== null && { result: row.result }),
    ...(row.error !== null && { error: row.error }),
    ended_at: row.ended_at?.toISOString() ?? null,
    ...(claim !== undefined && { claim }),
  };
}
