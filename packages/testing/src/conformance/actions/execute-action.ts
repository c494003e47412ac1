import type { TaskAction, TaskErrorCode, TaskPayload, TaskResult } from "@bridgekit/client";
import { isTaskError, isUpstreamError, type Connection } from "@bridgekit/core";
import { describeError } from "../read-everything.ts";
import type { Subject } from "../subject.ts";

export interface Execution {
  payload: TaskPayload;
  /** As if an earlier execution had been cut off. */
  interruptedAt?: Date;
}

export type ActionOutcome =
  | { status: "completed"; result: TaskResult | undefined }
  | { status: "failed"; code: TaskErrorCode; message: string };

/** Calls the handler of an action, and reads its outcome as the task runner does. */
export async function executeAction(
  { connector, said }: Subject,
  { client, logger }: Connection,
  action: TaskAction,
  { payload, interruptedAt }: Execution,
): Promise<ActionOutcome> {
  const { signal } = new AbortController();
  try {
    const context = { client, logger, signal, taskId: "task-1", interruptedAt };
    const result = await connector.tasks[action]!(context, structuredClone(payload));
    return { status: "completed", result: result ?? undefined };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    said.push(describeError(error));
    const code = isTaskError(error) || isUpstreamError(error) ? error.code : "INTERNAL_ERROR";
    return { status: "failed", code, message: error.message };
  }
}

export function describeOutcome(outcome: ActionOutcome): string {
  return outcome.status === "completed" ? "completed" : `failed with ${outcome.code} (${outcome.message})`;
}
