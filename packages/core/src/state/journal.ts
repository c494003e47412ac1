import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import type { TaskReport } from "@bridgekit/client";

/** How a task ended, as reported to the Bridge. */
export type Outcome = TaskReport;

export interface EndedEntry {
  taskId: string;
  at: string;
  outcome: Outcome;
  /** The requested id of a created account, if the system assigned another one (`outcome.result`). */
  desiredId?: string;
  /** When the handler was first called, if the failure is temporary: the Bridge may hand the task out again. */
  begunAt?: string;
}

/** What is known about one task. */
export type JournalEntry =
  /** Its handler was called; how far it got is not known. */
  | { state: "intent"; taskId: string; at: string }
  /** It ended, and the outcome is not yet reported. */
  | ({ state: "outcome" } & EndedEntry)
  /** It ended, and the Bridge knows the outcome. */
  | ({ state: "reported" } & EndedEntry);

/**
 * Keeps what was done across crashes. Each `write` is durable when it returns; a later entry of a task replaces the
 * earlier one. Several writes may be in flight at a time.
 */
export interface Journal {
  /**
   * Name under which tasks are claimed, at most 255 characters. It is unique and belongs to the journal: a runner that
   * opens the journal again takes up the tasks that were in flight.
   */
  readonly runner: string;
  get(taskId: string): JournalEntry | undefined;
  entries(): Iterable<JournalEntry>;
  write(entry: JournalEntry): Promise<void>;
}

/** A journal that is lost when the process ends: for tests, and for tasks that may run twice. */
export function createMemoryJournal(): Journal {
  const entries = new Map<string, JournalEntry>();
  return {
    runner: createRunnerName(),
    get: (taskId) => entries.get(taskId),
    entries: () => entries.values(),
    write: async (entry) => void entries.set(entry.taskId, entry),
  };
}

/** A unique name in which people recognise the machine. */
export function createRunnerName(): string {
  return `${hostname().slice(0, 200)}-${randomBytes(4).toString("hex")}`;
}
