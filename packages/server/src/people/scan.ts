import { setImmediate } from "node:timers/promises";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../database/schema.ts";
import type { Place } from "./places.ts";

/** So many rows are looked at in one statement: nobody waits long for the database, however large a table is. */
const ROWS_AT_ONCE = 5_000;

export interface FoundRow {
  /** The words of its key, as text. */
  key: readonly string[];
  /** Its columns, in the order of the place. JSON is text too. */
  values: readonly (string | null)[];
}

/** The rows of a place that fulfil a condition: of all, or of those that belong to an app or an organisation. */
export async function* scan(
  database: Kysely<Tables>,
  place: Place,
  { isHit, scope }: { isHit: RawBuilder<boolean>; scope?: string },
): AsyncGenerator<FoundRow> {
  const key = sql.join(place.key.map(([column]) => sql.ref(column)));
  const descending = sql.join(place.key.map(([column]) => sql`${sql.ref(column)} desc`));
  const words = sql`array[${sql.join(place.key.map(([column]) => sql`${sql.ref(column)}::text`))}]`;
  const columns = Object.keys(place.columns).map((column) => sql.ref(column));
  const texts = sql`array[${sql.join(columns.map((column) => sql`${column}::text`))}]`;
  const isOfScope = place.scope === undefined ? sql`true` : sql`${sql.ref(place.scope)} = ${scope}::uuid`;
  let last: readonly string[] | undefined;
  for (;;) {
    const isNext = last === undefined ? sql`true` : sql`(${key}) > (${toValues(place, last)})`;
    const { rows } = await sql<FoundRow & { is_hit: boolean }>`
      with seen as materialized (
        select *, ${isHit} as is_hit from ${sql.table(place.table)} place
        where ${isOfScope} and ${isNext} order by ${key} limit ${ROWS_AT_ONCE}
      )
      (select ${words} as key, ${texts} as values, true as is_hit from seen where is_hit)
      union all
      (select ${words}, null, false from seen order by ${descending} limit 1)
    `.execute(database);
    last = rows.find(({ is_hit }) => !is_hit)?.key;
    if (last === undefined) return;
    for (const { is_hit, ...row } of rows) if (is_hit) yield row;
    // PGlite works without ever letting go of the thread: requests get their turn between the steps.
    await setImmediate();
  }
}

/** The condition that a row is the one with this key. */
export function hasKey(place: Place, words: readonly string[]): RawBuilder<boolean> {
  const key = sql.join(place.key.map(([column]) => sql.ref(column)));
  return sql<boolean>`(${key}) = (${toValues(place, words)})`;
}

function toValues({ key }: Place, words: readonly string[]): RawBuilder<unknown> {
  return sql.join(key.map(([, type], index) => sql`${words[index]}::${sql.raw(type)}`));
}
