import type { Task, TaskFailure } from "@bridgekit/client";
import type { Connector } from "../../connector/connector.ts";

/** Returns why no handler may execute the task, and what to do instead; undefined if one may. */
export function refuseTask(
  { title, tasks, once, unsupported }: Connector,
  { action }: Task,
  interruptedAt: Date | undefined,
): TaskFailure | undefined {
  // The action comes from outside, and "constructor" is not a handler.
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
        `${action} began at ${interruptedAt.toISOString()} and was interrupted; whether ${title} carried it out is not ` +
        `known. Check there, and create a new task if it was not done.`,
    };
  return undefined;
}
