import { mkdir, open, readFile, rename, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import type { Journal, JournalEntry } from "./journal.ts";
import { lockFile } from "./lock-file.ts";

export interface FileJournal extends Journal, AsyncDisposable {}

export interface FileJournalOptions {
  /** Days for which a reported task is remembered. */
  keepDays?: number;
  now?: () => Date;
}

/**
 * Opens a journal of JSON lines. Every line is flushed to the disk before `write` returns. Opening compacts the file:
 * what was reported long ago is dropped. Throws where another process has the journal open.
 */
export async function openFileJournal(
  path: string,
  { keepDays = 30, now = () => new Date() }: FileJournalOptions = {},
): Promise<FileJournal> {
  await mkdir(dirname(path), { recursive: true });
  const unlock = await lockFile(path);
  const oldest = new Date(now().getTime() - keepDays * 86_400_000).toISOString();
  const { entries, file } = await openCompacted(path, oldest).catch(async (error: unknown) => {
    await unlock();
    throw error;
  });

  let lastWrite: Promise<void> = Promise.resolve();
  return {
    get: (taskId) => entries.get(taskId),
    entries: () => entries.values(),
    async write(entry) {
      const write = lastWrite.then(() => append(file, entry));
      // A failed write is its writer's to handle; the next one must still be tried.
      lastWrite = write.catch(() => undefined);
      await write;
      entries.set(entry.taskId, entry);
    },
    async [Symbol.asyncDispose]() {
      await lastWrite;
      await file.close();
      await unlock();
    },
  };
}

/** The entries of the file that are still of use, and the file with only these in it. */
async function openCompacted(path: string, oldest: string) {
  const entries = new Map<string, JournalEntry>();
  for (const entry of await readEntries(path))
    if (entry.state !== "reported" || entry.at >= oldest) entries.set(entry.taskId, entry);
    else entries.delete(entry.taskId);
  return { entries, file: await compact(path, entries.values()) };
}

/** Adds a line, or leaves the file as it was: half a line would damage what is written after it. */
async function append(file: FileHandle, entry: JournalEntry): Promise<void> {
  const line = `${JSON.stringify(entry)}\n`;
  const { size } = await file.stat();
  try {
    await file.appendFile(line);
    await file.datasync();
  } catch (error) {
    await file.truncate(size);
    throw error;
  }
}

async function readEntries(path: string): Promise<JournalEntry[]> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const lines = text.split("\n");
  // A crash can cut off the last line only: the write was never acknowledged.
  lines.pop();
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as JournalEntry;
    } catch (cause) {
      throw new Error(`The journal ${path} is damaged in line ${index + 1}. Repair or remove that line.`, { cause });
    }
  });
}

/** Writes the entries to a fresh file that takes the old one's place, and leaves it open for appending. */
async function compact(path: string, entries: Iterable<JournalEntry>): Promise<FileHandle> {
  const fresh = `${path}.new`;
  const file = await open(fresh, "a");
  await file.truncate();
  await file.writeFile([...entries].map((entry) => `${JSON.stringify(entry)}\n`).join(""));
  await file.sync();
  await rename(fresh, path);
  const folder = await open(dirname(path), "r");
  await folder.sync();
  await folder.close();
  return file;
}
