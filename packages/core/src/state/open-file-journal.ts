import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { type FileLock, lockFile } from "@bridgekit/file-lock";
import { createRunnerName, type Journal, type JournalEntry } from "./journal.ts";
import { replaceFile, type LineFile } from "./line-file.ts";
import { keepEntries, readEntries, type JournalHeader } from "./journal-entries.ts";

export interface FileJournal extends Journal, AsyncDisposable {}

export interface FileJournalOptions {
  /** Days for which a reported task is kept. */
  keepDays?: number;
  /** Maximum number of reported tasks and of ids of created accounts; the newest are kept. */
  keepTasks?: number;
  now?: () => Date;
}

interface PendingWrite {
  entry: JournalEntry;
  done: PromiseWithResolvers<void>;
}

/**
 * Opens a journal of JSON lines for this process alone. Every line is flushed to the disk before `write` returns;
 * concurrent writes share a flush. Entries that are no longer needed are dropped when the journal is opened and whenever
 * the file has grown.
 *
 * @throws Error if another process has the journal open, or a line before the last one is damaged.
 */
export async function openFileJournal(
  path: string,
  { keepDays = 30, keepTasks = 10_000, now = () => new Date() }: FileJournalOptions = {},
): Promise<FileJournal> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const lock = lockJournal(path);
  try {
    const { header = { version: 1, runner: createRunnerName() }, entries } = await readEntries(path);
    const keep = () => {
      const oldest = new Date(now().getTime() - keepDays * 86_400_000);
      return keepEntries(entries.values(), { oldest, now: now(), most: keepTasks });
    };
    const writer = await openWriter({ path, header, entries, keep, compactAfter: keepTasks });
    return {
      runner: header.runner,
      get: (taskId) => entries.get(taskId),
      entries: () => entries.values(),
      write: (entry) => writer.write(entry),
      async [Symbol.asyncDispose]() {
        await writer.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Two processes that write one journal would carry out tasks twice. */
function lockJournal(path: string): FileLock {
  return lockFile(
    `${path}.lock`,
    (owner) =>
      `The journal ${path} is in use by ${owner}, which carries out tasks of the same app. Stop that process first.`,
  );
}

interface WriterOptions {
  path: string;
  header: JournalHeader;
  entries: Map<string, JournalEntry>;
  keep: () => JournalEntry[];
  /** Number of appended lines after which the file is compacted. */
  compactAfter: number;
}

async function openWriter({ path, header, entries, keep, compactAfter }: WriterOptions) {
  const waiting: PendingWrite[] = [];
  let writing: Promise<void> | undefined;
  let added = 0;
  let file = await compact();

  /** Drops the entries that are not needed, in the file first. */
  async function compact(): Promise<LineFile> {
    const kept = keep();
    const fresh = await replaceFile(
      path,
      [header, ...kept].map((line) => JSON.stringify(line)),
    );
    entries.clear();
    for (const entry of kept) entries.set(entry.taskId, entry);
    return fresh;
  }

  async function writeWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0);
      try {
        await file.append(batch.map(({ entry }) => JSON.stringify(entry)));
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
      if (added >= compactAfter) await replace();
    }
    writing = undefined;
  }

  async function replace(): Promise<void> {
    added = 0;
    const old = file;
    try {
      file = await compact();
    } catch {
      // The disk may be full. The old file is complete and takes more lines until the next try.
      return;
    }
    await old.close();
  }

  return {
    write(entry: JournalEntry): Promise<void> {
      const done = Promise.withResolvers<void>();
      waiting.push({ entry, done });
      writing ??= writeWaiting();
      return done.promise;
    },
    async close(): Promise<void> {
      await writing;
      await file.close();
    },
  };
}
