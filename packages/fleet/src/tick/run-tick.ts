import { sql } from "kysely";
import { WATCH_QUEUE } from "../queues/queues.ts";
import type { WorkerContext } from "../worker/context.ts";
import { endDeadRuns } from "./end-dead-runs.ts";
import { queueDue } from "./queue-due.ts";

/** What is done every second by one of the workers. Two at once do no harm. */
export async function runTick(context: WorkerContext): Promise<void> {
  const { database, boss, logger, timing, heart } = context;
  const { kysely } = database;
  // After an interruption of the database every heartbeat is old, that of the living too.
  if (heart.steadySeconds() >= timing.deadAfter)
    await endDeadRuns(kysely, { boss, logger, deadAfter: timing.deadAfter });
  await queueDue(kysely, boss, timing);
}

/** What is done with every heartbeat of a worker. */
export async function tidy({ database: { kysely }, boss, orgs, timing }: WorkerContext): Promise<void> {
  const watched = [...orgs.keys()].map((org) => ({ data: { org }, singletonKey: org }));
  if (watched.length > 0) await boss.insert(WATCH_QUEUE, watched, { returnId: false });
  await sql`
    delete from fleet.workers where heartbeat_at < now() - ${timing.deadAfter * 20}::float8 * interval '1 second'
  `.execute(kysely);
}
