import { isApiError, type BridgeClient, type Task } from "@bridgekit/client";
import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "../connector/create-connection.ts";
import type { Journal, Outcome } from "../journal/journal.ts";
import type { RetryOptions } from "../retry.ts";
import { callBridge } from "../sync/bridge-retry.ts";
import { executeTask } from "./execute-task.ts";

export interface TaskRunOptions {
  bridge: BridgeClient;
  appId: string;
  connection: Connection;
  journal: Journal;
  /** Stops the run after the task that is being executed. */
  signal?: AbortSignal;
  /** `idle`: return once nothing is pending. `stopped`: go on polling until the signal aborts. */
  until?: "idle" | "stopped";
  /** Seconds between two polls that find nothing; the guide asks for 10 at least, and 30 to 60 usually. */
  pollSeconds?: number;
  /** Seconds until a handler is told to stop. */
  taskTimeoutSeconds?: number;
  /** How calls to the Bridge are retried. */
  retry?: RetryOptions;
  onOutcome?: (task: Task, outcome: Outcome) => void;
  now?: () => Date;
}

export interface TaskRunResult {
  completed: number;
  failed: number;
}

const PAGE_SIZE = 100;

/**
 * Carries out pending tasks, one after another, and reports each outcome. An outcome is written to the journal before
 * it is reported, so after a crash it is reported again and never executed again.
 */
export async function runTasks(options: TaskRunOptions): Promise<TaskRunResult> {
  const { bridge, appId, connection, signal, until = "idle", pollSeconds = 30 } = options;
  const counts: TaskRunResult = { completed: 0, failed: 0 };

  while (!signal?.aborted) {
    try {
      let ended: number;
      do ended = await runPending(options, counts);
      while (ended > 0 && !signal?.aborted);
    } catch (error) {
      if (signal?.aborted) break;
      if (until === "idle") throw error;
      connection.logger.error({ appId, error: (error as Error).message }, "polling for tasks failed; trying again");
    }
    if (until === "idle") break;
    const jitter = 0.9 + Math.random() * 0.2;
    await sleep(pollSeconds * 1000 * jitter, undefined, signal && { signal }).catch(() => undefined);
  }
  connection.logger.debug({ appId, bridge: bridge.baseUrl, ...counts }, "task run ended");
  return counts;
}

/** One poll: everything that is pending now. Answers how many tasks ended. */
async function runPending(options: TaskRunOptions, counts: TaskRunResult): Promise<number> {
  const { bridge, appId, signal, retry } = options;
  let ended = 0;
  const tasks = await callBridge(() => firstPage(bridge, appId, signal), { ...retry, signal });
  for (const task of tasks) {
    if (signal?.aborted) break;
    const outcome = await settle(task, options);
    ended++;
    counts[outcome.status]++;
    options.onOutcome?.(task, outcome);
  }
  return ended;
}

/** The first page is enough: reporting takes tasks off the list, so the next poll begins with what is left. */
async function firstPage(bridge: BridgeClient, appId: string, signal?: AbortSignal): Promise<Task[]> {
  const tasks: Task[] = [];
  for await (const task of bridge.listTasks(appId, { status: "pending", pageSize: PAGE_SIZE, signal })) {
    tasks.push(task);
    if (tasks.length === PAGE_SIZE) break;
  }
  return tasks;
}

/** Intent, outcome, reported: in this order, each on the disk before the next step. */
async function settle(task: Task, options: TaskRunOptions): Promise<Outcome> {
  const { connection, journal, taskTimeoutSeconds = 300, now = () => new Date() } = options;
  const known = journal.get(task.id);
  const stamp = () => ({ taskId: task.id, at: now().toISOString() });

  let outcome: Outcome;
  if (known === undefined || known.state === "intent") {
    if (known === undefined) await journal.write({ state: "intent", ...stamp() });
    const interruptedAt = known && new Date(known.at);
    outcome = await executeTask(connection, task, { interruptedAt, timeoutSeconds: taskTimeoutSeconds });
    await journal.write({ state: "outcome", ...stamp(), outcome });
  } else {
    outcome = known.outcome;
  }
  await report(task, outcome, options);
  await journal.write({ state: "reported", ...stamp(), outcome });
  return outcome;
}

async function report(task: Task, outcome: Outcome, options: TaskRunOptions): Promise<void> {
  const { bridge, appId, connection, retry } = options;
  const context = { appId, taskId: task.id, action: task.action };
  try {
    // Not the run's signal: stopping must not leave an outcome untold that could be told now.
    await callBridge(() => bridge.reportTask(appId, task.id, outcome), { ...retry });
  } catch (error) {
    if (!isApiError(error)) throw error;
    switch (error.status) {
      case 404:
      case 409:
        // It is gone, or has ended already: either way there is nothing left to tell.
        connection.logger.info({ ...context, detail: error.detail }, "the Bridge has an outcome already");
        return;
      case 400:
      case 422:
        // An outcome that the Bridge will never take must not hold up the tasks behind it.
        connection.logger.warn({ ...context, error: error.detail }, "the Bridge refused an outcome");
        await callBridge(() => bridge.reportTask(appId, task.id, toRefused(outcome, error.detail)), { ...retry });
        return;
      default:
        throw error;
    }
  }
}

function toRefused({ status }: Outcome, detail: string): Outcome {
  const message = `The task ended as ${status}, but the Bridge refused what the connector told of it: ${detail}`;
  return { status: "failed", error: { code: "INTERNAL_ERROR", message: message.slice(0, 8192) } };
}
