import { type Kysely, sql } from "kysely";
import type { App } from "../apps/find-app.ts";
import type { BridgeContext } from "../bridge-context.ts";
import { toArrayLiteral } from "../database/array-literal.ts";
import type { Tables } from "../database/schema.ts";
import { writeHistory } from "./task-history.ts";
import { claimOf, type TaskRow } from "./task-status.ts";

interface Cancelled {
  app: App;
  keyId: string;
  /** Open, and locked by the transaction. */
  rows: readonly TaskRow[];
  now: Date;
}

/** Ends open tasks of an app as failed. */
export async function endAsCancelled(
  transaction: Kysely<Tables>,
  events: BridgeContext["events"],
  { app, keyId, rows, now }: Cancelled,
): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  const errors = rows.map((row) => JSON.stringify({ code: CODE, message: describeCancel(row, now) }));
  await sql`
    update tasks set outcome = 'failed', error = ended.error::jsonb, ended_at = ${now}::timestamptz,
      cancelled_at = ${now}::timestamptz, claimed_by = null, lease_expires_at = null
    from unnest(${toArrayLiteral(ids)}::uuid[], ${toArrayLiteral(errors)}::text[]) ended (id, error)
    where tasks.id = ended.id and tasks.app_id = ${app.id}::uuid
  `.execute(transaction);
  await writeHistory(transaction, ids, { event: "cancelled", at: now, keyId });
  const news = rows.map(
    ({ id, action }) =>
      ({ type: "task.ended", app_id: app.id, task_id: id, action, status: "failed", error_code: CODE }) as const,
  );
  await events.publish(transaction, app.org_id, ...news);
}

const CODE = "INTERNAL_ERROR";

function describeCancel(task: TaskRow, now: Date): string {
  const runner = describeRunner(task, now);
  if (runner === undefined) return "The task was cancelled before it was executed.";
  return `The task was cancelled while ${runner} Check in the system whether it was carried out.`;
}

/** Who may have carried out a task that is cancelled; undefined if nobody has claimed it. */
export function describeRunner(task: TaskRow, now: Date): string | undefined {
  const claim = claimOf(task, now);
  return claim && `the runner "${claim.runner}" had claimed it.`;
}
