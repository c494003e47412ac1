import type { TaskAction, TaskErrorCode, TaskPayload, TaskResult } from "@bridgekit/client";
import { isTaskError, isUpstreamError } from "@bridgekit/core";
import type { Connection, Outcome } from "@bridgekit/core/run";
import { describeError } from "../read-everything.ts";
import type { Subject } from "../subject.ts";

export interface Execution {
  payload: TaskPayload;
  /** As if an earlier execution had been interrupted. */
  interruptedAt?: Date;
}

export type ActionOutcome =
  | { status: "completed"; result: TaskResult | undefined }
  | {
      status: "failed";
      code: TaskErrorCode;
      message: string;
      /** Whether it is a TaskError or an UpstreamError, not a programming error. */
      isExplained: boolean;
    };

/** Calls the handler of an action and converts the outcome as the task runner does. */
export async function executeAction(
  { connector, messages }: Subject,
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
    messages.push(describeError(error));
    const isExplained = isTaskError(error) || isUpstreamError(error);
    return { status: "failed", code: isExplained ? error.code : "INTERNAL_ERROR", message: error.message, isExplained };
  }
}

/** Converts what the task runner reported. */
export function toActionOutcome({ status, result, error }: Outcome): ActionOutcome {
  if (status === "completed") return { status, result: result ?? undefined };
  return { status, code: error!.code, message: error!.message, isExplained: true };
}

export function describeOutcome(outcome: ActionOutcome): string {
  return outcome.status === "completed" ? "completed" : `failed with ${outcome.code} (${outcome.message})`;
}
