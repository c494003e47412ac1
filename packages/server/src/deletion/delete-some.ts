import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../database/schema.ts";

/** Rows that are deleted bit by bit. */
export interface Rows {
  table: keyof Tables;
  /** Which of the table; fixes the first columns of an index. */
  scope: RawBuilder<boolean>;
  /** The columns of that index after these: rows go in their order, so that only those are looked at that go. */
  key: readonly string[];
}

/** `waiting` where a row that is to go is in use, such as by a reconciliation that is under way. */
export type StepResult = "more" | "done" | "waiting";

/** How many rows a step deletes at the most: on PGlite, which has one connection, everybody waits for the step. */
export const ROWS_PER_STEP = 500;

/** Deletes the first `limit` of the rows; returns how many there were. */
async function deleteSome(database: Kysely<Tables>, { table, scope, key }: Rows, limit: number): Promise<number> {
  const columns = sql.join(key.map((name) => sql.ref(name)));
  const { rows } = await sql<Record<string, unknown>>`
    select ${columns} from ${sql.table(table)} where ${scope} order by ${columns} offset ${limit - 1} limit 1
  `.execute(database);
  const [last] = rows;
  const upTo =
    last === undefined ? sql`` : sql`and (${columns}) <= (${sql.join(key.map((name) => sql.val(last[name])))})`;
  const { numAffectedRows = 0n } = await sql`delete from ${sql.table(table)} where ${scope} ${upTo}`.execute(database);
  return Number(numAffectedRows);
}

/** Deletes all of the rows, a step at a time; yields how many after each. */
export async function* deleteRows(database: Kysely<Tables>, rows: Rows): AsyncGenerator<number> {
  let deleted: number;
  do yield (deleted = await deleteSome(database, rows, ROWS_PER_STEP));
  while (deleted >= ROWS_PER_STEP);
}

/** Deletes rows of one part after the other, `budget` at the most; returns what is left of it, 0 where there may be more. */
export async function deleteParts(database: Kysely<Tables>, parts: readonly Rows[], budget: number): Promise<number> {
  let left = budget;
  for (const part of parts) {
    if (left <= 0) return 0;
    left -= await deleteSome(database, part, left);
  }
  return Math.max(left, 0);
}
