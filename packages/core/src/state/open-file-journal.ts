import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { type FileLock, lockFile } from "@bridgekit/file-lock";
import { createRunnerName } from "./journal.ts";
import { readEntries } from "./journal-entries.ts";
import { replaceFile, type LineFile } from "./line-file.ts";
import { openJournal, type JournalOptions, type JournalStorage, type OpenJournal } from "./open-journal.ts";

/**
 * Opens a journal of JSON lines for this process alone. Every line is flushed to the disk before `write` returns.
 *
 * @throws Error if another process has the journal open, or a line before the last one is damaged.
 */
export async function openFileJournal(path: string, options?: JournalOptions): Promise<OpenJournal> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const lock = lockJournal(path);
  try {
    return await openJournal(await openStorage(path, lock), options);
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

async function openStorage(path: string, lock: FileLock): Promise<JournalStorage> {
  const { header = { version: 1, runner: createRunnerName() }, entries } = await readEntries(path);
  let file: LineFile | undefined;
  const toLines = (values: readonly object[]) => values.map((value) => JSON.stringify(value));
  return {
    runner: header.runner,
    entries: entries.values(),
    append: (added) => file!.append(toLines(added)),
    async keep(kept) {
      const old = file;
      file = await replaceFile(path, toLines([header, ...kept]));
      await old?.close();
    },
    async close() {
      await file?.close();
      lock.release();
    },
  };
}
