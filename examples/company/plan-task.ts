import type { TaskAction } from "@bridgekit/client";
import type { PlannedTask } from "./system.ts";

interface Person {
  id: string;
  name: string;
}

/** A task about somebody, which is to complete and to leave the account like this. */
export function planTask(
  action: TaskAction,
  { id, name }: Person,
  leaves: PlannedTask["leaves"],
  more: object = {},
): PlannedTask {
  return { task: { action, payload: { account: { id }, ...more } }, who: name, ends: "completed", leaves };
}
