import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../database/schema.ts";

/** Rows that are deleted in steps. */
export interface Rows {
  table: keyof Tables;
  /** Selects the rows; fixes the first columns of an index. */
  scope: RawBuilder<boolean>;
  /** The next columns of that index. Rows are deleted in their order, so only rows to delete are read. */
  key: readonly string[];
}

/** `waiting` if a row is in use, for example by a running reconciliation. */
export type StepResult = "more" | "done" | "waiting";

/** The most rows per step: on PGlite, which has one connection, every caller waits for the step. */
export const ROWS_PER_STEP = 500;

/** Deletes the first `limit` rows and returns their number. */
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

/** Deletes all rows in steps, and yields the number after each. */
export async function* deleteRows(database: Kysely<Tables>, rows: Rows): AsyncGenerator<number> {
  let deleted: number;
  do yield (deleted = await deleteSome(database, rows, ROWS_PER_STEP));
  while (deleted >= ROWS_PER_STEP);
}

/**
 * Deletes rows of one part after the other, at most `budget`. Returns the rest of the budget, 0 if there may be more
 * rows.
 */
export async function deleteParts(database: Kysely<Tables>, parts: readonly Rows[], budget: number): Promise<number> {
  let left = budget;
  for (const part of parts) {
    if (left <= 0) return 0;
    left -= await deleteSome(database, part, left);
  }
  return Math.max(left, 0);
}
