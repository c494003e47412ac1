import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import type { TaskReport } from "@bridgekit/client";

/** How a task ended, as it is reported. */
export type Outcome = TaskReport;

interface Ended {
  taskId: string;
  at: string;
  outcome: Outcome;
  /** Of a created account: the id that was wished for, where the system assigned another one (`outcome.result`). */
  desiredId?: string;
  /** Of a failure that may pass: when the handler was first called, for when the Bridge hands the task out again. */
  begunAt?: string;
}

/** What is known of one task. */
export type JournalEntry =
  /** Its handler was called; how far it came is not known. */
  | { state: "intent"; taskId: string; at: string }
  /** It ended, and the Bridge has not been told yet. */
  | ({ state: "outcome" } & Ended)
  /** It ended, and the Bridge knows. */
  | ({ state: "reported" } & Ended);

/**
 * Remembers what was done across crashes. Each `write` is durable when it returns; a later entry of a task replaces
 * the earlier one. Several writes may be under way at a time.
 */
export interface Journal {
  /**
   * Name under which tasks are claimed, 255 characters at the most. It belongs to the journal: whoever opens it again
   * takes up what was in hand, and nobody else has the same.
   */
  readonly runner: string;
  get(taskId: string): JournalEntry | undefined;
  entries(): Iterable<JournalEntry>;
  write(entry: JournalEntry): Promise<void>;
}

/** A journal that forgets when the process ends: for tests, and for tasks that may run twice. */
export function createMemoryJournal(): Journal {
  const entries = new Map<string, JournalEntry>();
  return {
    runner: createRunnerName(),
    get: (taskId) => entries.get(taskId),
    entries: () => entries.values(),
    write: async (entry) => void entries.set(entry.taskId, entry),
  };
}

/** Says to people which machine it is, and is nobody else's. */
export function createRunnerName(): string {
  return `${hostname().slice(0, 200)}-${randomBytes(4).toString("hex")}`;
}
