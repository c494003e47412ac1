import type { PgBoss, SendOptions } from "pg-boss";
import type { RunOrder } from "./queues.ts";

interface Raised {
  queue: string;
  app: string;
  priority: number;
}

/**
 * Puts the waiting job of an app before those of a lower priority. The engine can't change a job, so another takes its place;
 * if a worker takes it meanwhile, the row of the app refuses one of the two.
 */
export async function raisePriority(
  boss: PgBoss,
  { queue, app, priority }: Raised,
  options: Pick<SendOptions, "db"> = {},
): Promise<void> {
  const waiting = await boss.findJobs<RunOrder>(queue, { key: app, queued: true, ...options });
  const low = waiting.filter((job) => job.priority < priority);
  if (low.length === 0) return;
  await boss.deleteJob(
    queue,
    low.map(({ id }) => id),
    options,
  );
  await boss.insert(queue, [{ data: low[0]!.data, singletonKey: app, priority }], { returnId: false, ...options });
}
