import type { components } from "@bridgekit/client";
import type { AppTask } from "../../api/queries.ts";

type TaskBatch = components["schemas"]["TaskBatch"];

/** Tasks of one app: a request reaches one app. */
export interface Target {
  appId: string;
  taskIds: string[];
}

/** At most so many tasks in each target. */
export function toTargets(rows: readonly Pick<AppTask, "app_id" | "task">[], size: number): Target[] {
  const targets: Target[] = [];
  for (const { app_id, task } of rows) {
    const open = targets.find(({ appId, taskIds }) => appId === app_id && taskIds.length < size);
    if (open) open.taskIds.push(task.id);
    else targets.push({ appId: app_id, taskIds: [task.id] });
  }
  return targets;
}

/** What several requests made, or would make. */
export function mergeBatches(batches: readonly TaskBatch[]): TaskBatch {
  return {
    preview: batches.every(({ preview }) => preview),
    matching: {
      count: batches.reduce((sum, { matching }) => sum + matching.count, 0),
      count_is_exact: batches.every(({ matching }) => matching.count_is_exact),
    },
    items: batches.flatMap(({ items }) => items),
  };
}

/** How many tasks a batch made, or would make. */
export function countMade(batch: TaskBatch | undefined): number {
  return batch?.items.filter(({ action }) => action !== undefined).length ?? 0;
}
