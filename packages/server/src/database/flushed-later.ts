import { type RawBuilder, sql } from "kysely";

const MARK = "/*flushed-later*/";

/**
 * Begins a write that nobody waits for to reach the disk, because nobody learns of it before another one that follows it:
 * the log is flushed in its order, so whoever finds the later one after a power cut finds this one too. The embedded database
 * saves a flush by it; elsewhere it is a comment.
 */
export function flushedLater(): RawBuilder<unknown> {
  return sql.raw(MARK);
}

export function isFlushedLater(text: string): boolean {
  return text.trimStart().startsWith(MARK);
}
