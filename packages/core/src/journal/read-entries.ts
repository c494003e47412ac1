import { readFile } from "node:fs/promises";
import type { JournalEntry } from "./journal.ts";

/** The first line of a journal. */
export interface JournalHeader {
  version: 1;
  runner: string;
}

export interface JournalContent {
  /** Undefined where there is no journal yet. */
  header: JournalHeader | undefined;
  /** The last entry of each task, by its id. */
  entries: Map<string, JournalEntry>;
}

/** Reads a journal. Throws where a line is damaged, and names it; a last line that was cut off is left out. */
export async function readEntries(path: string): Promise<JournalContent> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const lines = text.split("\n");
  // A crash can cut off the last line only: the write was never acknowledged.
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
