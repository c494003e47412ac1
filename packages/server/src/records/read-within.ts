import { type Kysely, type SelectQueryBuilder, type Selectable, sql } from "kysely";
import type { Tables } from "../database/schema.ts";

type RecordRow = Selectable<Tables["records"]>;

const MOST_BYTES = 8 * 1024 * 1024;

/** The rows of a list of records, in the order of their ids, that fit a response: at least one. `isCut` where not all do. */
export async function readWithin(
  database: Kysely<Tables>,
  rows: SelectQueryBuilder<Tables, "records", RecordRow>,
): Promise<{ rows: RecordRow[]; isCut: boolean }> {
  const { rows: found } = await sql<RecordRow & { found: number }>`
    select * from (
      select record.*, count(*) over ()::int as found,
        sum(octet_length(record.data::text)) over (order by record.id) - octet_length(record.data::text) as before
      from (${rows}) record
    ) sized where before < ${MOST_BYTES} order by id
  `.execute(database);
  return { rows: found, isCut: found.length < (found[0]?.found ?? 0) };
}
