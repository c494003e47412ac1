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
  /** Only these, and a live lease of the runner on them is renewed. */
  taskIds: readonly string[] | undefined;
  /** The runner is about to execute them. */
  isBeginning: boolean;
  now: Date;
  expiresAt: Date;
}

export type ClaimedRow = TaskRow & { is_renewal: boolean };

/**
 * Leases pending tasks to a runner, the oldest first, and writes that into their history, in one statement that any
 * number of processes may run at once.
 *
 * `chosen` locks the tasks that are free, passing over those that another claim is taking at this moment. Tasks of one
 * account are carried out in their order and by one runner at a time, so two rules hold back a task that is free:
 *
 * - No task of its account is leased, not even to the same runner: one that has died since, or whose claim was answered
 *   into the void, does not know of it. This is asked while choosing, so that a long line of such tasks does not use up
 *   the limit.
 * - Every task of its account that is older and still open is handed out by this claim too. This is asked of what was
 *   really locked: an older task that another claim is taking at this moment looks free to our snapshot, and is not
 *   among the chosen.
 *
 * Whoever loses such a race gets less than there is, never something out of order; the end of the older task lets the
 * younger out. A renewal is not held back: its task is in the hands of the runner anyway.
 */
export async function claimTasks(
  transaction: Kysely<Tables>,
  { appId, runner, keyId, limit, taskIds, isBeginning, now, expiresAt }: Claim,
): Promise<ClaimedRow[]> {
  const isMine = sql<boolean>`(task.claimed_by = ${runner} and ${isLeased("task", now)})`;
  // A renewal is nothing new, and comes often.
  const fresh = sql`(select id from claimed where not is_renewal) task`;
  const isFree = sql<boolean>`not coalesce(${isLeased("task", now)}, false)`;
  // Whoever began first stays: what is done may have been done since then.
  const begun = isBeginning
    ? sql`, begun_by = coalesce(tasks.begun_by, ${runner}), begun_at = coalesce(tasks.begun_at, ${now})`
    : sql``;
  const isWanted = taskIds === undefined ? isFree : sql`task.id = any(${taskIds}::uuid[]) and (${isFree} or ${isMine})`;
  // A runner that waits is answered sooner where the statement needs no planning.
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
      returning tasks.*, chosen.is_renewal
    ), history as (${insertHistory(fresh, { event: "claimed", at: now, keyId, runner })})
    select * from claimed
  `.execute(transaction);
  // An update answers in any order.
  return rows.sort((a, b) => a.execute_after.getTime() - b.execute_after.getTime() || a.sequence - b.sequence);
}

function nameOf(taskIds: readonly string[] | undefined, isBeginning: boolean): string {
  if (taskIds === undefined) return "claim-tasks";
  return isBeginning ? "begin-named-tasks" : "claim-named-tasks";
}

/**
 * The tasks that are open and of the same account as `task`, as `other`. An account that a task created has two ids, the
 * one that was wished for and the one that the system assigned; tasks may name either.
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
