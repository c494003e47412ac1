import { readFile } from "node:fs/promises";
import type { JournalEntry } from "./journal.ts";

/** The first line of a journal. */
interface JournalHeader {
  version: 1;
  runner: string;
}

export interface JournalContent {
  /** Undefined if the journal does not exist yet. */
  header: JournalHeader | undefined;
  /** The last entry of each task, by its id. */
  entries: Map<string, JournalEntry>;
}

/** Reads a journal without an incomplete last line. Throws if a line is damaged, and names it. */
export async function readEntries(path: string): Promise<JournalContent> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const lines = text.split("\n");
  // A crash leaves only the last line incomplete, and that write was never acknowledged.
  lines.pop();

  const entries = new Map<string, JournalEntry>();
  let header: JournalHeader | undefined;
  for (const [index, line] of lines.entries()) {
    const value = parse(line);
    if (index === 0 && isHeader(value)) header = value;
    else if (isEntry(value)) entries.set(value.taskId, value);
    else
      throw new Error(
        `The journal ${path} is damaged in line ${index + 1}. Remove that line: at worst its task is executed again, ` +
          `by a handler that reads before it writes. Then check the disk.`,
      );
  }
  return { header, entries };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isHeader(value: unknown): value is JournalHeader {
  return isObject(value) && value.version === 1 && typeof value.runner === "string";
}

function isEntry(value: unknown): value is JournalEntry {
  if (!isObject(value) || typeof value.taskId !== "string" || typeof value.at !== "string") return false;
  return (
    value.state === "intent" || ((value.state === "outcome" || value.state === "reported") && isObject(value.outcome))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

export interface Retention {
  /** Entries that were reported before this are dropped. */
  oldest: Date;
  /** A later entry was written with a wrong clock. It counts as the oldest, so that it displaces no other. */
  now: Date;
  /** Maximum number of reported tasks, of ids of created accounts, and of interrupted tasks; the newest are kept. */
  most: number;
}

/**
 * Returns the entries that are still needed: unreported outcomes, recent reported ones, and the real ids of created
 * accounts. This bounds the size of a journal.
 */
export function keepEntries(entries: Iterable<JournalEntry>, { oldest, now, most }: Retention): JournalEntry[] {
  const all = [...entries];
  const stampOf = ({ at }: JournalEntry) => (at <= now.toISOString() ? at : "");
  const newestFirst = all.toSorted((a, b) => (stampOf(a) < stampOf(b) ? 1 : -1));
  const reported = newestFirst.filter(({ state }) => state === "reported");
  const kept = new Set([
    ...newestFirst.filter(({ state }) => state === "outcome"),
    // An interrupted task that is cancelled later never gets another entry.
    ...newestFirst.filter(({ state }) => state === "intent").slice(0, most),
    ...reported.filter(({ at }) => at >= oldest.toISOString()).slice(0, most),
    ...reported.filter((entry) => "desiredId" in entry).slice(0, most),
  ]);
  return all.filter((entry) => kept.has(entry));
}
