import { type Kysely, sql } from "kysely";
import type { components, RefMap } from "@bridgekit/client";
import type { RecordData } from "../database/tables/records.ts";
import type { Tables } from "../database/schema.ts";

type NamedRef = components["schemas"]["NamedRef"];

/** Where a record is. */
export interface RecordPlace {
  appId: string;
  slug: string;
  id: string;
}

/** What a record at a place is called; undefined if it is not there or has no name. */
export type RecordNames = (place: RecordPlace) => string | undefined;

/** Reads what the records at some places are called. */
export async function readRecordNames(database: Kysely<Tables>, places: readonly RecordPlace[]): Promise<RecordNames> {
  if (places.length === 0) return () => undefined;
  const wanted = [...new Map(places.map((place) => [keyOf(place), place])).values()];
  const { rows } = await sql<RecordPlace & { data: RecordData }>`
    select place.app_id as "appId", place.slug, place.id, record.data from unnest(
      ${wanted.map(({ appId }) => appId)}::uuid[], ${wanted.map(({ slug }) => slug)}::text[],
      ${wanted.map(({ id }) => id)}::text[]
    ) place (app_id, slug, id)
    cross join lateral (
      select data from records
      where records.app_id = place.app_id and records.slug = place.slug and records.id = place.id limit 1
    ) record
  `.execute(database);
  const names = new Map(rows.map((row) => [keyOf(row), nameOf(row.data)]));
  return (place) => names.get(keyOf(place));
}

/** Refs that come without a name. */
export function findNameless(refs: RefMap): Omit<RecordPlace, "appId">[] {
  return Object.entries(refs).flatMap(([slug, listed]) =>
    listed.flatMap(({ id, name }) => (name === undefined ? [{ slug, id }] : [])),
  );
}

/** Some refs of an app with their names, as a response has them: only those that have one, and nothing without any. */
export function toRefNames(
  appId: string,
  refs: readonly Omit<RecordPlace, "appId">[],
  names: RecordNames,
): { ref_names?: NamedRef[] } {
  const named = refs.flatMap(({ slug, id }) => {
    const name = names({ appId, slug, id });
    return name === undefined ? [] : [{ slug, id, name }];
  });
  return named.length === 0 ? {} : { ref_names: named };
}

const keyOf = ({ appId, slug, id }: RecordPlace) => JSON.stringify([appId, slug, id]);

function nameOf({ display_name, name, first_name, last_name, email, username }: RecordData): string | undefined {
  const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
  return [display_name, name, [first_name, last_name].filter(isText).join(" "), email, username].find(isText);
}
