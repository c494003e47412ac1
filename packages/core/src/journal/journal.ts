import type { TaskReport } from "@bridgekit/client";

/** How a task ended, as it is reported. */
export type Outcome = TaskReport;

/** What is known of one task. */
export type JournalEntry =
  /** Its handler was called; how far it came is not known. */
  | { state: "intent"; taskId: string; at: string }
  /** It ended, and the Bridge has not been told yet. */
  | { state: "outcome"; taskId: string; at: string; outcome: Outcome }
  /** It ended, and the Bridge knows. */
  | { state: "reported"; taskId: string; at: string; outcome: Outcome };

/**
 * Remembers what was done across crashes. Each `write` is durable when it returns; a later entry of a task replaces
 * the earlier one.
 */
export interface Journal {
  get(taskId: string): JournalEntry | undefined;
  entries(): Iterable<JournalEntry>;
  write(entry: JournalEntry): Promise<void>;
}

/** A journal that forgets when the process ends: for tests, and for tasks that may run twice. */
export function createMemoryJournal(): Journal {
  const entries = new Map<string, JournalEntry>();
  return {
    get: (taskId) => entries.get(taskId),
    entries: () => entries.values(),
    write: async (entry) => void entries.set(entry.taskId, entry),
  };
}
