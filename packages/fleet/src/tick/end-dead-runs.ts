import { sql, type Kysely } from "kysely";
import type { Logger } from "@bridgekit/core";
import { fromKysely, type PgBoss } from "pg-boss";
import type { RunKind, Tables } from "../database/tables.ts";
import { orderTasks, TASK_PRIORITY } from "../queues/order-tasks.ts";

/** So many runs in a row whose worker died, and the app is parked until a person resumes it. */
const MOST_TRIES = 3;

interface DeadRun {
  app: string;
  kind: RunKind;
  generation: number;
  worker: string;
  job_id: string;
  queue: string;
}

interface DeadOptions {
  boss: PgBoss;
  logger: Logger;
  /** Seconds without a heartbeat; 0 for the runs of a worker that is known to have ended. */
  deadAfter: number;
  /** Only the runs of this worker. */
  worker?: string;
}

/** Ends the runs of dead workers: each counts as a try of its app, and begins again elsewhere. */
export async function endDeadRuns(
  database: Kysely<Tables>,
  { boss, logger, deadAfter, worker }: DeadOptions,
): Promise<void> {
  const ended = await database.transaction().execute(async (transaction) => {
    const isDead = sql`ended_at is null and heartbeat_at <= now() - ${deadAfter}::float8 * interval '1 second'
      ${worker === undefined ? sql`` : sql`and worker = ${worker}`}`;
    // The rows of the apps first, as everywhere: in another order two transactions would wait for each other.
    const locked = await sql<{ id: string }>`
      select id from fleet.apps where id in (select app from fleet.runs where ${isDead}) order by id for update
    `.execute(transaction);
    if (locked.rows.length === 0) return [];
    const { rows } = await sql<DeadRun>`
      update fleet.runs set ended_at = now(), ended_how = 'crashed', note = 'its worker died'
      where ${isDead} and app = any(${locked.rows.map(({ id }) => id)}::text[])
      returning app, kind, generation, worker, job_id, queue
    `.execute(transaction);
    if (rows.length > 0) await countTries(transaction, boss, rows);
    return rows;
  });
  for (const { app, kind, generation, worker: dead } of ended)
    logger.error({ app, kind, generation, worker: dead }, "a worker died during a run, which begins again elsewhere");
}

async function countTries(transaction: Kysely<Tables>, boss: PgBoss, runs: readonly DeadRun[]): Promise<void> {
  const db = fromKysely(transaction);
  for (const [queue, some] of Map.groupBy(runs, (run) => run.queue))
    await boss.fail(
      queue,
      some.map(({ job_id }) => job_id),
      { message: "the worker died" },
      { db },
    );
  const of = (kind: RunKind) => runs.filter((run) => run.kind === kind).map(({ app }) => app);
  const [isSync, isTasks] = [sql`id = any(${of("sync")}::text[])`, sql`id = any(${of("tasks")}::text[])`];
  const { rows: apps } = await sql<{ id: string; zone: string; is_parked: boolean }>`
    update fleet.apps set
      tries = case when ${isSync} then tries + 1 else tries end,
      tasks_tries = case when ${isTasks} then tasks_tries + 1 else tasks_tries end,
      parked_at = case when (${isSync} and tries + 1 >= ${MOST_TRIES}::integer)
        or (${isTasks} and tasks_tries + 1 >= ${MOST_TRIES}::integer) then now() else parked_at end,
      next_run_at = case when ${isSync} then now() else next_run_at end,
      queued_at = case when ${isSync} then null else queued_at end,
      last_sync_at = case when ${isSync} then now() else last_sync_at end,
      last_sync_end = case when ${isSync} then 'crashed' else last_sync_end end,
      last_sync_note = case when ${isSync} then 'its worker died' else last_sync_note end
    where id = any(${[...new Set(runs.map(({ app }) => app))]}::text[])
    returning id, zone, parked_at is not null as is_parked
  `.execute(transaction);
  const tasks = new Set(of("tasks"));
  const orders = apps.filter(({ id, is_parked }) => tasks.has(id) && !is_parked);
  await orderTasks(
    boss,
    orders.map(({ id, zone }) => ({ app: id, zone, priority: TASK_PRIORITY.offboarding })),
    { db },
  );
}
