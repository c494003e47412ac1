import { type RawBuilder, sql } from "kysely";
import { Client } from "pg";

const MARK = /^\/\*prepared:([\w-]{1,48})\*\//;

/**
 * Begins a statement that a connection to PostgreSQL prepares once and then only executes; elsewhere it is a comment.
 * The name stands for one text. Only for statements whose plan is good whatever the size of the tables: the plan stays.
 */
export function prepared(name: string): RawBuilder<unknown> {
  return sql.raw(`/*prepared:${name}*/`);
}

/** A connection that prepares the statements that are marked by `prepared`. */
export class PreparingClient extends Client {
  // The driver calls it in many shapes; only that of Kysely, text and values, is looked at.
  override query(...args: any[]): any {
    const [text, values] = args;
    const name = typeof text === "string" ? MARK.exec(text)?.[1] : undefined;
    const query = super.query.bind(this) as (...args: any[]) => any;
    return name === undefined ? query(...args) : query({ name, text, values });
  }
}
