import { isApiError, type ApiError, type Task } from "@bridgekit/client";
import { abortAfter } from "../abort.ts";
import { callBridge } from "../call-bridge.ts";
import type { Outcome } from "../state/journal.ts";
import type { TaskRunSettings } from "./task-run-options.ts";

// A run that is stopping still reports what it can; the journal keeps the rest.
const SECONDS_AFTER_STOP = 10;

export interface Report {
  /** The Bridge took the outcome just now; otherwise it had one already, or the task does not exist. */
  isTaken: boolean;
  task?: Task | undefined;
}

/** Reports the outcome of a task. Throws if the Bridge can't take it now, but may later. */
export async function reportOutcome(taskId: string, outcome: Outcome, settings: TaskRunSettings): Promise<Report> {
  const { appId, connection } = settings;
  const warn = (error: ApiError) =>
    connection.logger.warn({ appId, taskId, error: error.detail }, "the Bridge refused an outcome");
  const report = await send(taskId, outcome, settings);
  if (!isApiError(report)) return report;
  warn(report);
  // An outcome that the Bridge will never take must not block the tasks behind it.
  const instead = await send(taskId, toRefused(outcome, report.detail), settings);
  if (!isApiError(instead)) return instead;
  warn(instead);
  return { isTaken: false };
}

/** Returns the error if the Bridge will never take this report. */
async function send(
  taskId: string,
  outcome: Outcome,
  { bridge, appId, connection, retry, signal: stop }: TaskRunSettings,
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
        // A 404 may be the page of a proxy, which says nothing about the task. No proxy sends a 409.
        if (error.status === 404 && !error.isFromBridge) throw error;
        // The task is gone or has ended already: there is nothing left to report.
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
  const message = `The task ended as ${status}, but the Bridge refused the outcome that the connector reported: ${detail}`;
  return { status: "failed", error: { code: "INTERNAL_ERROR", message: message.slice(0, 2000) } };
}
