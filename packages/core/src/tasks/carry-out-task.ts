import type { Task } from "@bridgekit/client";
import { attemptTask, type AttemptTools } from "./attempt/attempt-task.ts";
import { isTemporaryFailure } from "./attempt/read-failure.ts";
import type { Outbox, OutcomeListener } from "./outbox.ts";
import type { TaskRunSettings } from "./task-run-options.ts";

export interface CarryOutTools extends AttemptTools {
  outbox: Outbox;
}

// A list may lag behind a report by as much.
const LIST_LAG_MS = 60_000;

/**
 * Executes a task unless that was done before, and delivers its outcome. Returns whether another runner may have the task
 * at once.
 */
export async function carryOutTask(
  task: Task,
  settings: TaskRunSettings,
  tools: CarryOutTools,
  onOutcome: OutcomeListener,
): Promise<boolean> {
  const { outbox, source } = tools;
  if (outbox.has(task.id)) {
    await outbox.deliver(task.id, onOutcome);
    return false;
  }
  const known = settings.journal.get(task.id);
  if (known?.state === "reported") {
    if (!isTemporaryFailure(known.outcome)) {
      // The list lags behind, or the Bridge was restored from a backup.
      await outbox.redeliver(task, known.outcome, onOutcome);
      return false;
    }
    // Without a lease it is not certain that the Bridge wants another try: its list may lag behind.
    if (!source.hasClaims && isRecent(known.at, settings.now())) return false;
  }
  const attempt = await attemptTask(task, known, settings, tools);
  if (attempt.kind === "interrupted") return attempt.isFree;
  outbox.add(task, attempt.outcome, attempt.begunAt);
  await outbox.deliver(task.id, onOutcome);
  return false;
}

function isRecent(at: string, now: Date): boolean {
  const age = now.getTime() - Date.parse(at);
  return age >= 0 && age < LIST_LAG_MS;
}
