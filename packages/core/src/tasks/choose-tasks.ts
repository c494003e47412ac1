import type { Task, TaskAction } from "@bridgekit/client";

export interface ChooseOptions {
  /** Tasks to choose at the most. */
  count: number;
  accountOf: (task: Task) => string;
  /** A task of the account is in hand. */
  isBusy: (account: string) => boolean;
}

// Somebody has left, or is to be kept out: access that lasts longer than it should is what hurts.
const URGENT: ReadonlySet<TaskAction> = new Set(["delete_account", "suspend_account"]);

/**
 * The tasks to begin with. Of each account only the oldest may be begun; accounts that wait for a delete or a suspend go
 * first, the others in the order of their oldest task.
 */
export function chooseTasks(pending: readonly Task[], { count, accountOf, isBusy }: ChooseOptions): Task[] {
  const lines = new Map<string, { oldest: Task; isUrgent: boolean }>();
  for (const task of pending) {
    const account = accountOf(task);
    const isUrgent = URGENT.has(task.action);
    const line = lines.get(account);
    if (line) line.isUrgent ||= isUrgent;
    else if (!isBusy(account)) lines.set(account, { oldest: task, isUrgent });
  }
  const inOrder = [...lines.values()].sort((a, b) => Number(b.isUrgent) - Number(a.isUrgent));
  return inOrder.slice(0, count).map(({ oldest }) => oldest);
}
