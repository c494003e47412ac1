import { isApiError, type ApiError, type Task } from "@bridgekit/client";
import { abortAfter } from "../abort.ts";
import { callBridge } from "../call-bridge.ts";
import type { Outcome } from "../journal/journal.ts";
import type { TaskRunOptions } from "./task-run-options.ts";

// Stopping must not leave an outcome untold that could be told now; what can't be told is in the journal.
const SECONDS_AFTER_STOP = 10;

export interface Report {
  /** The Bridge took the outcome just now; otherwise it had one already, or has no such task. */
  isTaken: boolean;
  /** The task as the Bridge answers it. */
  task?: Task | undefined;
}

/** Tells the Bridge how a task ended. Throws where it can't be told now, and may be later. */
export async function reportOutcome(taskId: string, outcome: Outcome, options: TaskRunOptions): Promise<Report> {
  const { appId, connection } = options;
  const refused = (error: ApiError) =>
    connection.logger.warn({ appId, taskId, error: error.detail }, "the Bridge refused an outcome");
  const report = await send(taskId, outcome, options);
  if (!isApiError(report)) return report;
  refused(report);
  // An outcome that the Bridge will never take must not hold up the tasks behind it.
  const instead = await send(taskId, toRefused(outcome, report.detail), options);
  if (!isApiError(instead)) return instead;
  refused(instead);
  return { isTaken: false };
}

/** Answers the error where the Bridge will not take this report, however often it is sent. */
async function send(
  taskId: string,
  outcome: Outcome,
  { bridge, appId, connection, retry, signal: stop }: TaskRunOptions,
): Promise<Report | ApiError> {
  using grace = abortAfter(stop, SECONDS_AFTER_STOP);
  const { signal } = grace;
  const report = () => bridge.reportTask(appId, taskId, outcome, { signal });
  try {
    return { isTaken: true, task: await callBridge(report, { ...retry, signal }) };
  } catch (error) {
    if (!isApiError(error)) throw error;
    switch (error.status) {
      case 404:
      case 409:
        // A proxy's page says nothing about the task; none answers 409.
        if (error.status === 404 && !error.isFromBridge) throw error;
        // It is gone, or has ended already: either way there is nothing left to tell.
        connection.logger.info({ appId, taskId, detail: error.detail }, "the Bridge has an outcome already");
        return { isTaken: false };
      case 400:
      case 413:
      case 422:
        return error;
      default:
        throw error;
    }
  }
}

function toRefused({ status }: Outcome, detail: string): Outcome {
  const message = `The task ended as ${status}, but the Bridge refused what the connector told of it: ${detail}`;
  return { status: "failed", error: { code: "INTERNAL_ERROR", message: message.slice(0, 2000) } };
}
