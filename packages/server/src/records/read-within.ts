import { type Expression, type Kysely, type RawBuilder, type Selectable, sql } from "kysely";
import type { Tables } from "../database/schema.ts";

const MOST_BYTES = 8 * 1024 * 1024;

export interface ReadRows<Row> {
  rows: Row[];
  /** Whether there are more rows than fit. */
  isCut: boolean;
}

/** Returns the rows of a list of records, in order, that fit a response; at least one. */
export async function readWithin<Row extends Selectable<Tables["records"]>>(
  database: Kysely<Tables>,
  rows: Expression<Row>,
  order: RawBuilder<unknown>,
): Promise<ReadRows<Row>> {
  const { rows: found } = await sql<Row & { found: number }>`
    select * from (
      select record.*, count(*) over ()::int as found,
        sum(octet_length(record.data::text)) over (order by ${order}) - octet_length(record.data::text) as before
      from (${rows}) record
    ) sized where before < ${MOST_BYTES} order by ${order}
  `.execute(database);
  return { rows: found, isCut: found.length < (found[0]?.found ?? 0) };
}
