import type { Task } from "@bridgekit/client";
import type { Outcome } from "../journal/journal.ts";
import { executeTask } from "./execute-task.ts";
import { reportOutcome } from "./report-outcome.ts";
import type { TaskRunOptions } from "./run-tasks.ts";

export interface Settled {
  outcome: Outcome;
  /** It was executed just now, or the Bridge has just taken its outcome. */
  isNew: boolean;
}

/** Intent, outcome, reported: in this order, each on the disk before the next step. */
export function createSettler(options: TaskRunOptions): (task: Task) => Promise<Settled> {
  const { connection, journal, taskTimeoutSeconds = 300, now = () => new Date() } = options;
  const stamp = (task: Task) => ({ taskId: task.id, at: now().toISOString() });
  // Outcomes that the journal did not take, as on a full disk: the tasks must not be executed again for that.
  const unwritten = new Map<string, Outcome>();

  async function execute(task: Task, startedAt: string | undefined): Promise<Outcome> {
    if (startedAt === undefined) await journal.write({ state: "intent", ...stamp(task) });
    const interruptedAt = startedAt === undefined ? undefined : new Date(startedAt);
    return executeTask(connection, task, { interruptedAt, timeoutSeconds: taskTimeoutSeconds });
  }

  return async (task) => {
    const known = journal.get(task.id);
    const isKnown = known !== undefined && known.state !== "intent";
    const isExecuted = isKnown || unwritten.has(task.id);
    const outcome = isKnown ? known.outcome : (unwritten.get(task.id) ?? (await execute(task, known?.at)));
    if (!isKnown) {
      unwritten.set(task.id, outcome);
      await journal.write({ state: "outcome", ...stamp(task), outcome });
      unwritten.delete(task.id);
    }
    const isTaken = await reportOutcome(task, outcome, options);
    if (known?.state !== "reported") await journal.write({ state: "reported", ...stamp(task), outcome });
    return { outcome, isNew: isTaken || !isExecuted };
  };
}
