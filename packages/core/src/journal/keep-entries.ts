import type { JournalEntry } from "./journal.ts";

export interface Retention {
  /** What was reported before is forgotten. */
  oldest: Date;
  /** What is dated later was written with a wrong clock: it counts as the oldest, so that it pushes nothing out. */
  now: Date;
  /** So many reported ones are kept at the most, the newest; as many ids of created accounts, and interrupted tasks. */
  most: number;
}

/**
 * The entries that are still of use: what the Bridge does not know, what it was told lately, and which id a created
 * account really got. So a journal does not grow with the years.
 */
export function keepEntries(entries: Iterable<JournalEntry>, { oldest, now, most }: Retention): JournalEntry[] {
  const all = [...entries];
  const stampOf = ({ at }: JournalEntry) => (at <= now.toISOString() ? at : "");
  const newestFirst = all.toSorted((a, b) => (stampOf(a) < stampOf(b) ? 1 : -1));
  const reported = newestFirst.filter(({ state }) => state === "reported");
  const kept = new Set([
    ...newestFirst.filter(({ state }) => state === "outcome"),
    // Of a task that was cut off and then cancelled nothing more is ever heard.
    ...newestFirst.filter(({ state }) => state === "intent").slice(0, most),
    ...reported.filter(({ at }) => at >= oldest.toISOString()).slice(0, most),
    ...reported.filter((entry) => "desiredId" in entry).slice(0, most),
  ]);
  return all.filter((entry) => kept.has(entry));
}
