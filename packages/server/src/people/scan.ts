import { setImmediate } from "node:timers/promises";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../database/schema.ts";
import type { Place } from "./places.ts";

/** Rows per statement: nobody waits long for the database, however large a table is. */
const ROWS_AT_ONCE = 10_000;

export interface FoundRow {
  /** The values of its key, as text. */
  key: readonly string[];
  /** Its columns, in the order of the place. JSON is text too. */
  values: readonly (string | null)[];
}

/** The rows of a place that fulfil a condition, optionally only those of an app or an organisation. */
export async function* scan(
  database: Kysely<Tables>,
  place: Place,
  { isHit, scope }: { isHit: RawBuilder<boolean>; scope?: string },
): AsyncGenerator<FoundRow> {
  const key = sql.join(place.key.map(([column]) => sql.ref(column)));
  const words = sql`array[${sql.join(place.key.map(([column]) => sql`${sql.ref(column)}::text`))}]`;
  const columns = Object.keys(place.columns).map((column) => sql.ref(column));
  const values = sql`array[${sql.join(columns.map((column) => sql`${column}::text`))}]`;
  const isOfScope = place.scope === undefined ? sql`true` : sql`${sql.ref(place.scope)} = ${scope}::uuid`;
  let last: readonly string[] | undefined;
  for (;;) {
    const isNext = last === undefined ? sql`true` : sql`(${key}) > (${toValues(place, last)})`;
    // The index alone finds the end of the next rows; only matching rows are read completely.
    const { rows: ends } = await sql<Pick<FoundRow, "key">>`
      select ${words} as key from ${sql.table(place.table)} where ${isOfScope} and ${isNext}
      order by ${key} offset ${ROWS_AT_ONCE - 1} limit 1
    `.execute(database);
    const end = ends[0]?.key;
    const isBefore = end === undefined ? sql`true` : sql`(${key}) <= (${toValues(place, end)})`;
    const { rows } = await sql<FoundRow>`
      select ${words} as key, ${values} as values from ${sql.table(place.table)} place
      where ${isOfScope} and ${isNext} and ${isBefore} and ${isHit} order by ${key}
    `.execute(database);
    yield* rows;
    if (end === undefined) return;
    last = end;
    // PGlite never yields the thread: requests run between the steps.
    await setImmediate();
  }
}

/** A condition for the row with this key. */
export function hasKey(place: Place, words: readonly string[]): RawBuilder<boolean> {
  const key = sql.join(place.key.map(([column]) => sql.ref(column)));
  return sql<boolean>`(${key}) = (${toValues(place, words)})`;
}

function toValues({ key }: Place, words: readonly string[]): RawBuilder<unknown> {
  return sql.join(key.map(([, type], index) => sql`${words[index]}::${sql.raw(type)}`));
}
