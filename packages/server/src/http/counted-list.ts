import { type Kysely, type SelectQueryBuilder, sql } from "kysely";
import type { Tables } from "../database/schema.ts";
import { HttpError } from "./http-error.ts";

/** How far a list is counted, and how far an `offset` reaches: whoever goes by it gets to the end of the count. */
export const MOST_COUNTED = 10_000;

/** How many rows a list has: exactly so many, or that many and more. */
export interface Count {
  count: number;
  count_is_exact: boolean;
}

/**
 * Counts the rows of a query up to the bound, so that a list costs the same however long it is. The query is in the order
 * of an index, which is then read that far and no further.
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

/** Refuses (400) to pass over more rows than are counted: that many would be read for nothing. */
export function checkOffset(offset: number): void {
  if (offset > MOST_COUNTED)
    throw new HttpError(
      400,
      `offset: ${offset} is more than ${MOST_COUNTED}; to read further, follow \`next\`, which goes on by a cursor`,
    );
}
