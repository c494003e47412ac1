import type { Journal, JournalEntry } from "./journal.ts";
import { keepEntries } from "./journal-entries.ts";

/** A journal that may be closed; closing waits for writes in flight. */
export interface OpenJournal extends Journal, AsyncDisposable {}

export interface JournalOptions {
  /** Days for which a reported task is kept. */
  keepDays?: number;
  /** Maximum number of reported tasks and of ids of created accounts; the newest are kept. */
  keepTasks?: number;
  now?: () => Date;
}

/** Where a journal keeps its entries. Its functions are never called at the same time. */
export interface JournalStorage {
  readonly runner: string;
  /** The last entry of each task, in the order in which the tasks were first written. */
  readonly entries: Iterable<JournalEntry>;
  /** Keeps entries: all of them, durably, or none. Several may be of one task; the last one counts. */
  append(entries: readonly JournalEntry[]): Promise<void>;
  /** Keeps only the first ones of the entries. Called before the first `append`, and when there are many. */
  keep(kept: readonly JournalEntry[], dropped: readonly JournalEntry[]): Promise<void>;
  close(): Promise<void>;
}

interface PendingWrite {
  entry: JournalEntry;
  done: PromiseWithResolvers<void>;
}

/**
 * Opens a journal on its storage. Every entry is durable before `write` returns; concurrent writes share an `append`.
 * Entries that are no longer needed are dropped when the journal is opened and whenever it has grown.
 */
export async function openJournal(
  storage: JournalStorage,
  { keepDays = 30, keepTasks = 10_000, now = () => new Date() }: JournalOptions = {},
): Promise<OpenJournal> {
  const entries = new Map<string, JournalEntry>();
  for (const entry of storage.entries) entries.set(entry.taskId, entry);
  const waiting: PendingWrite[] = [];
  let writing: Promise<void> | undefined;
  let added = 0;
  await compact();

  /** Drops the entries that are not needed, in the storage first. */
  async function compact(): Promise<void> {
    added = 0;
    const oldest = new Date(now().getTime() - keepDays * 86_400_000);
    const kept = keepEntries(entries.values(), { oldest, now: now(), most: keepTasks });
    const needed = new Set(kept);
    const dropped = [...entries.values()].filter((entry) => !needed.has(entry));
    await storage.keep(kept, dropped);
    for (const { taskId } of dropped) entries.delete(taskId);
  }

  async function writeWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0);
      try {
        await storage.append(batch.map(({ entry }) => entry));
      } catch (error) {
        // None of the batch counts as written; the next batch is still tried.
        for (const { done } of batch) done.reject(error);
        continue;
      }
      for (const { entry, done } of batch) {
        entries.set(entry.taskId, entry);
        done.resolve();
      }
      added += batch.length;
      // The disk may be full. What is kept is complete, and takes more entries until the next try.
      if (added >= keepTasks) await compact().catch(() => undefined);
    }
    writing = undefined;
  }

  return {
    runner: storage.runner,
    get: (taskId) => entries.get(taskId),
    entries: () => entries.values(),
    write(entry) {
      const done = Promise.withResolvers<void>();
      waiting.push({ entry, done });
      writing ??= writeWaiting();
      return done.promise;
    },
    async [Symbol.asyncDispose]() {
      await writing;
      await storage.close();
    },
  };
}
