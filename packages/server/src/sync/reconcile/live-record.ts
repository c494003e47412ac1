import { type RawBuilder, sql } from "kysely";

/**
 * The live record that a row of a query is about, to be joined laterally. Because of its limit every row is a look-up
 * by the primary key, whatever the statistics make the planner believe: what was not pushed is never read.
 */
export function liveRecordOf(
  appId: string,
  query: "told" | "pushed" | "changed" | "change" | "merged",
): RawBuilder<unknown> {
  return sql`(
    select * from records
    where records.app_id = ${appId} and records.slug = ${sql.ref(`${query}.slug`)} and records.id = ${sql.ref(`${query}.id`)}
    limit 1
  )`;
}
