import type { Task, TaskAction } from "@bridgekit/client";

interface ChooseOptions {
  count: number;
  accountOf: (task: Task) => string;
  /** Whether a task of the account is in flight. */
  isBusy: (account: string) => boolean;
}

// Access that lasts longer than it should does the most harm.
const URGENT: ReadonlySet<TaskAction> = new Set(["delete_account", "suspend_account"]);

/**
 * Returns at most `count` tasks to begin. Only the oldest task of each account may begin. Accounts that wait for a delete
 * or a suspend go first, the others in the order of their oldest task.
 */
export function chooseTasks(pending: readonly Task[], { count, accountOf, isBusy }: ChooseOptions): Task[] {
  const accounts = new Map<string, { oldest: Task; isUrgent: boolean }>();
  for (const task of pending) {
    const account = accountOf(task);
    const isUrgent = URGENT.has(task.action);
    const known = accounts.get(account);
    if (known) known.isUrgent ||= isUrgent;
    else if (!isBusy(account)) accounts.set(account, { oldest: task, isUrgent });
  }
  const urgentFirst = [...accounts.values()].sort((a, b) => Number(b.isUrgent) - Number(a.isUrgent));
  return urgentFirst.slice(0, count).map(({ oldest }) => oldest);
}
