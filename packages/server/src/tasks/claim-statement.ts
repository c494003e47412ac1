import { type Kysely, type RawBuilder, sql } from "kysely";
import { prepared } from "../database/prepared.ts";
import type { Tables } from "../database/schema.ts";
import { insertHistory } from "./task-history.ts";
import { isDue, isLeased, lastDue, type TaskRow } from "./task-status.ts";

export interface Claim {
  appId: string;
  runner: string;
  keyId: string;
  limit: number;
  /** Claims only these, and renews the runner's leases on them. */
  taskIds: readonly string[] | undefined;
  /** The runner is about to execute them. */
  isBeginning: boolean;
  now: Date;
  expiresAt: Date;
}

export type ClaimedRow = TaskRow & { is_renewal: boolean };

// By name: a prepared statement that returns `*` fails once a newer Bridge has added a column.
const COLUMNS = Object.keys({
  id: true,
  app_id: true,
  sequence: true,
  action: true,
  payload: true,
  execute_after: true,
  is_scheduled: true,
  created_at: true,
  outcome: true,
  result: true,
  error: true,
  ended_at: true,
  account_id: true,
  result_account_id: true,
  claimed_by: true,
  lease_expires_at: true,
  begun_by: true,
  begun_at: true,
  cancelled_at: true,
  held_at: true,
  wished_at: true,
  retry_of: true,
  retried_at: true,
} satisfies Record<keyof TaskRow, true>).map((column) => sql.ref(`tasks.${column}`));

/**
 * Leases pending tasks to a runner, the oldest first, and adds that to their history, in one statement that any number of
 * processes may run at once.
 *
 * `chosen` locks free tasks and skips those that another claim is taking. The tasks of one account are carried out in
 * order and by one runner at a time, so two rules hold back a free task:
 *
 * - No task of its account is leased, not even to the same runner, which may have died since or lost the response. This is
 *   checked while choosing, so that a long queue of such tasks does not use up the limit.
 * - Every older open task of its account is part of this claim too. This is checked against the locked tasks: an older
 *   task that another claim is taking looks free in the snapshot and is not among the chosen.
 *
 * The loser of such a race gets fewer tasks than there are, but none out of order; the end of the older task makes the
 * younger one available. A renewal is not held back, because the runner has claimed the task already.
 */
export async function claimTasks(
  transaction: Kysely<Tables>,
  { appId, runner, keyId, limit, taskIds, isBeginning, now, expiresAt }: Claim,
): Promise<ClaimedRow[]> {
  const isMine = sql<boolean>`(task.claimed_by = ${runner} and ${isLeased("task", now)})`;
  // Renewals are frequent and not part of the history.
  const fresh = sql`(select id from claimed where not is_renewal) task`;
  const isFree = sql<boolean>`not coalesce(${isLeased("task", now)}, false)`;
  // The first runner that began stays: anything may have been done since then.
  const begun = isBeginning
    ? sql`, begun_by = coalesce(tasks.begun_by, ${runner}), begun_at = coalesce(tasks.begun_at, ${now})`
    : sql``;
  const isWanted = taskIds === undefined ? isFree : sql`task.id = any(${taskIds}::uuid[]) and (${isFree} or ${isMine})`;
  // A prepared statement needs no planning, so waiting runners get their response sooner.
  const { rows } = await sql<ClaimedRow>`${prepared(nameOf(taskIds, isBeginning))}
    with chosen as materialized (
      select task.id, task.app_id, task.account_id, task.execute_after, task.sequence,
        coalesce(${isMine}, false) as is_renewal
      from tasks task
      where task.app_id = ${appId} and task.outcome is null and ${isDue("task", now)}
        and task.execute_after <= ${lastDue(appId, now)}
        and ${isWanted}
        and (coalesce(${isMine}, false) or not exists (
          select 1 from ${openTasksOfAccount("task")}
          where ${isLeased("other", now)}
        ))
      order by task.execute_after, task.sequence
      limit ${limit}
      for update of task skip locked
    ), claimed as (
      update tasks set claimed_by = ${runner}, lease_expires_at = ${expiresAt}${begun}
      from chosen
      where tasks.id = chosen.id and tasks.app_id = chosen.app_id and (chosen.is_renewal or not exists (
        select 1 from ${openTasksOfAccount("chosen")}
        where (other.execute_after, other.sequence) < (chosen.execute_after, chosen.sequence)
          and ${isDue("other", now)} and other.id not in (select id from chosen)
      ))
      returning ${sql.join(COLUMNS)}, chosen.is_renewal
    ), history as (${insertHistory(fresh, { event: "claimed", at: now, keyId, runner })})
    select * from claimed
  `.execute(transaction);
  // An update returns rows in any order.
  return rows.sort((a, b) => a.execute_after.getTime() - b.execute_after.getTime() || a.sequence - b.sequence);
}

function nameOf(taskIds: readonly string[] | undefined, isBeginning: boolean): string {
  if (taskIds === undefined) return "claim-tasks";
  return isBeginning ? "begin-named-tasks" : "claim-named-tasks";
}

/**
 * The open tasks of the same account as `task`, as `other`. An account that a task created has two ids, the requested one
 * and the one that the system assigned; tasks may name either.
 */
function openTasksOfAccount(task: "task" | "chosen"): RawBuilder<unknown> {
  const own = sql.raw(task);
  return sql`lateral (
      select ${own}.account_id as id
      union all
      select created.result_account_id from tasks created
      where created.app_id = ${own}.app_id and created.account_id = ${own}.account_id
        and created.action = 'create_account' and created.result_account_id is not null
      union all
      select created.account_id from tasks created
      where created.app_id = ${own}.app_id and created.result_account_id = ${own}.account_id
        and created.action = 'create_account'
    ) name
    join tasks other on other.app_id = ${own}.app_id and other.account_id = name.id
      and other.outcome is null and other.id <> ${own}.id`;
}
