import type { TaskAction, TaskPayload, TaskResult } from "@bridgekit/client";
import type { Connection } from "@bridgekit/core/run";

/** Calls the handler of an action; with `interruptedAt` as if an execution had been interrupted. */
export async function execute(
  { connector, client, logger }: Connection,
  action: TaskAction,
  payload: TaskPayload,
  interruptedAt?: Date,
): Promise<TaskResult | void> {
  const { signal } = new AbortController();
  return connector.tasks[action]!({ client, logger, signal, taskId: "task-1", interruptedAt }, payload);
}
