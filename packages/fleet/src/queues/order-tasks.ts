import type { PgBoss, SendOptions } from "pg-boss";
import { queueOf, type RunOrder } from "./queues.ts";

/** Higher is first. */
export const TASK_PRIORITY = { usual: 0, offboarding: 10 } as const;

export interface TasksOrder {
  app: string;
  zone: string;
  priority: number;
}

/** Has the tasks of apps carried out; does nothing for an app whose job is queued already. */
export async function orderTasks(
  boss: PgBoss,
  orders: readonly TasksOrder[],
  { db, startAfter = 0 }: Pick<SendOptions, "startAfter" | "db"> = {},
): Promise<void> {
  const byQueue = Map.groupBy(orders, ({ zone }) => queueOf("tasks", zone));
  for (const [queue, some] of byQueue)
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
