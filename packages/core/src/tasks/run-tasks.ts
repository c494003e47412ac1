import type { BridgeClient, Task } from "@bridgekit/client";
import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "../connector/create-connection.ts";
import type { Journal, Outcome } from "../journal/journal.ts";
import type { RetryOptions } from "../retry.ts";
import { callBridge } from "../sync/bridge-retry.ts";
import { createSettler } from "./settle-task.ts";

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
  /** Seconds until a handler is told to stop; a little later it is given up. */
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
  const { bridge, appId, connection, signal, retry, until = "idle", pollSeconds = 30, onOutcome } = options;
  const settle = createSettler(options);
  const counts: TaskRunResult = { completed: 0, failed: 0 };

  /** One poll: everything that is pending now. Answers whether anything was got out of the way. */
  async function runPending(): Promise<boolean> {
    let isProgress = false;
    for (const task of await callBridge(() => firstPage(bridge, appId, signal), { ...retry, signal })) {
      if (signal?.aborted) break;
      const { outcome, isNew } = await settle(task);
      // A list that lags behind may show what has ended already; that is no reason to ask again at once.
      if (!isNew) continue;
      isProgress = true;
      counts[outcome.status]++;
      onOutcome?.(task, outcome);
    }
    return isProgress;
  }

  while (!signal?.aborted) {
    try {
      while ((await runPending()) && !signal?.aborted);
    } catch (error) {
      if (signal?.aborted) break;
      if (until === "idle") throw error;
      connection.logger.error({ appId, error: (error as Error).message }, "the task run failed; trying again");
    }
    if (until === "idle") break;
    const jitter = 0.9 + Math.random() * 0.2;
    await sleep(pollSeconds * 1000 * jitter, undefined, signal && { signal }).catch(() => undefined);
  }
  return counts;
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
