import type { PgBoss, SendOptions } from "pg-boss";
import { queueOf, type RunOrder } from "./queues.ts";
import { raisePriority } from "./raise-priority.ts";

/** Higher is first. */
export const TASK_PRIORITY = { usual: 0, offboarding: 10 } as const;

export interface TasksOrder {
  app: string;
  zone: string;
  priority: number;
}

/** Has the tasks of apps carried out; a job that is queued already is at most put before others. */
export async function orderTasks(
  boss: PgBoss,
  orders: readonly TasksOrder[],
  { db, startAfter = 0 }: Pick<SendOptions, "startAfter" | "db"> = {},
): Promise<void> {
  const byQueue = Map.groupBy(orders, ({ zone }) => queueOf("tasks", zone));
  for (const [queue, some] of byQueue) {
    for (const { app, priority } of some)
      if (priority > TASK_PRIORITY.usual) await raisePriority(boss, { queue, app, priority }, { ...(db && { db }) });
    await boss.insert(
      queue,
      some.map(({ app, priority }) => ({
        data: { app, reason: "tasks" } satisfies RunOrder,
        singletonKey: app,
        priority,
        startAfter,
      })),
      { returnId: false, ...(db && { db }) },
    );
  }
}
