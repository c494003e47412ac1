import type { TaskAction } from "@bridgekit/client";
import type { PlannedTask } from "./system.ts";

interface Person {
  id: string;
  name: string;
}

/** Plans a task that must complete and leave the account with this status. */
export function planTask(
  action: TaskAction,
  { id, name }: Person,
  leaves: PlannedTask["leaves"],
  more: object = {},
): PlannedTask {
  return { task: { action, payload: { account: { id }, ...more } }, who: name, ends: "completed", leaves };
}
