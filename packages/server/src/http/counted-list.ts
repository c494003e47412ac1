import { type Kysely, type SelectQueryBuilder, sql } from "kysely";
import type { Tables } from "../database/schema.ts";
import { HttpError } from "./http-error.ts";

/** Limit of a list's count, and of an `offset`. */
export const MOST_COUNTED = 10_000;

/** The number of rows of a list: exact, or at least this many. */
export interface Count {
  count: number;
  count_is_exact: boolean;
}

/**
 * Counts the rows of a query up to the limit, so the cost does not grow with the list. The query must be in index
 * order, which is then read no further.
 */
export async function countRows<Table extends keyof Tables>(
  database: Kysely<Tables>,
  rows: SelectQueryBuilder<Tables, Table, object>,
): Promise<Count> {
  const some = rows.select(sql.lit(1).as("one")).limit(MOST_COUNTED + 1);
  const { count } = await database
    .selectFrom(some.as("some"))
    .select(sql<number>`count(*)::int`.as("count"))
    .executeTakeFirstOrThrow();
  return { count: Math.min(count, MOST_COUNTED), count_is_exact: count <= MOST_COUNTED };
}

/** Refuses (400) an offset beyond the count, which would read all of these rows for nothing. */
export function checkOffset(offset: number): void {
  if (offset > MOST_COUNTED)
    throw new HttpError(400, `offset: ${offset} is more than ${MOST_COUNTED}; follow \`next\` to read further`);
}
