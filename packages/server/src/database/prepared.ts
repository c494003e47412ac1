import { type RawBuilder, sql } from "kysely";

const MARK = /^\/\*prepared:([\w-]{1,48})\*\//;

/**
 * Marks a statement that a connection prepares once and then only executes. Each name stands for one text. The plan is
 * kept, so use it only if one plan suits tables of any size.
 */
export function prepared(name: string): RawBuilder<unknown> {
  return sql.raw(`/*prepared:${name}*/`);
}

/** The name of a prepared statement; undefined if it is not one. */
export function preparedName(text: string): string | undefined {
  return MARK.exec(text)?.[1];
}
