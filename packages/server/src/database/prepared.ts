import { type RawBuilder, sql } from "kysely";

const MARK = /^\/\*prepared:([\w-]{1,48})\*\//;

/**
 * Begins a statement that a connection to PostgreSQL prepares once and then only executes; elsewhere it is a comment.
 * The name stands for one text. Only for statements whose plan is good whatever the size of the tables: the plan stays.
 */
export function prepared(name: string): RawBuilder<unknown> {
  return sql.raw(`/*prepared:${name}*/`);
}

/** The name by which a statement is prepared; undefined where it is not. */
export function preparedName(text: string): string | undefined {
  return MARK.exec(text)?.[1];
}
