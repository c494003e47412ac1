import { type RawBuilder, sql } from "kysely";

const MARK = "/*flushed-later*/";

/**
 * Marks a write whose flush nobody waits for, because a later write that depends on it is flushed: the log is flushed
 * in order, so if a power failure leaves the later one, it leaves this one too. It saves the embedded database a flush;
 * elsewhere it is only a comment.
 */
export function flushedLater(): RawBuilder<unknown> {
  return sql.raw(MARK);
}

export function isFlushedLater(text: string): boolean {
  return text.trimStart().startsWith(MARK);
}
