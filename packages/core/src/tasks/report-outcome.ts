import { isApiError, type Task } from "@bridgekit/client";
import { abortAfter } from "../abort.ts";
import type { Outcome } from "../journal/journal.ts";
import { callBridge } from "../sync/bridge-retry.ts";
import type { TaskRunOptions } from "./run-tasks.ts";

// Stopping must not leave an outcome untold that could be told now; what can't be told is in the journal.
const SECONDS_AFTER_STOP = 10;

/** Tells the Bridge how a task ended. Answers whether it took that, or had an outcome already. */
export async function reportOutcome(
  task: Task,
  outcome: Outcome,
  { bridge, appId, connection, retry, signal: stop }: TaskRunOptions,
): Promise<boolean> {
  const context = { appId, taskId: task.id, action: task.action };
  using grace = abortAfter(stop, SECONDS_AFTER_STOP);
  const { signal } = grace;
  const send = (report: Outcome) =>
    callBridge(() => bridge.reportTask(appId, task.id, report, { signal }), { ...retry, signal });
  try {
    await send(outcome);
    return true;
  } catch (error) {
    if (!isApiError(error)) throw error;
    switch (error.status) {
      case 404:
      case 409:
        // It is gone, or has ended already: either way there is nothing left to tell.
        connection.logger.info({ ...context, detail: error.detail }, "the Bridge has an outcome already");
        return false;
      case 400:
      case 413:
      case 422:
        // An outcome that the Bridge will never take must not hold up the tasks behind it.
        connection.logger.warn({ ...context, error: error.detail }, "the Bridge refused an outcome");
        await send(toRefused(outcome, error.detail));
        return true;
      default:
        throw error;
    }
  }
}

function toRefused({ status }: Outcome, detail: string): Outcome {
  const message = `The task ended as ${status}, but the Bridge refused what the connector told of it: ${detail}`;
  return { status: "failed", error: { code: "INTERNAL_ERROR", message: message.slice(0, 2000) } };
}
