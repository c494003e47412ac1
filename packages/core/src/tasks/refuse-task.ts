import type { Task, TaskFailure } from "@bridgekit/client";
import type { Connector } from "../connector/connector.ts";

/** Why a task can't be given to a handler, and what to do instead; undefined where it can. */
export function refuseTask(
  { title, tasks, once, unsupported }: Connector,
  { action }: Task,
  interruptedAt: Date | undefined,
): TaskFailure | undefined {
  // Own properties only: the action comes from outside, and "constructor" is no handler.
  if (!Object.hasOwn(tasks, action)) {
    const offered = Object.keys(tasks).join(", ") || "no action";
    const advice = Object.hasOwn(unsupported, action) ? unsupported[action] : "Do it in the system itself.";
    return {
      code: "INTERNAL_ERROR",
      message: `The connector for ${title} does not offer ${action}; it offers ${offered}. ${advice}`,
    };
  }
  if (interruptedAt && once.includes(action))
    return {
      code: "INTERNAL_ERROR",
      message:
        `${action} was begun at ${interruptedAt.toISOString()} and cut off, and nobody can tell whether ${title} carried ` +
        `it out. Check there; if it was not done, make a new task.`,
    };
  return undefined;
}
