import { type Kysely, sql } from "kysely";
import type { ResourceType } from "../../apps/resource-types.ts";
import type { RecordData } from "../../database/tables/records.ts";
import type { Tables } from "../../database/schema.ts";
import { isIndexed } from "../../records/ref-index.ts";
import { beginsWith } from "../../records/search-index.ts";
import type { Session } from "../find-session.ts";
import { type ChangeFilter, type ChangeRow, readChanges, type RecordPlaces } from "./read-changes.ts";

/** Up to this many records are looked up in the session by themselves; more are found by reading its changes. */
const MOST_FOUND = 5_000;
const MOST_LOOKED_AT = 2_000;
const STEP = 500;

export interface FoundChanges {
  rows: ChangeRow[];
  /** Slug and id of the last change that was looked at, if there may be more behind it. */
  lookedTo?: readonly string[];
}

/** What a search in several sessions knows already. */
export interface ChangeSearch {
  /** Their versions by app. */
  versions: ReadonlyMap<string, readonly number[]>;
  /** By app, the records that the text finds in it; undefined if they are too many. */
  records: Map<string, FoundRecords | undefined>;
}

interface FoundRecords extends RecordPlaces {
  /** Those of the searched versions that changed one of them; all of them might if undefined. */
  changedBy: ReadonlySet<number> | undefined;
}

const ONE_SESSION: ChangeSearch["versions"] = new Map();

interface TextFilter extends ChangeFilter {
  text: string | undefined;
  /** The types of the app. */
  types: readonly ResourceType[];
}

/** The changes of a session; with a text those of records that it finds, as in the list of records. */
export async function findChanges(
  database: Kysely<Tables>,
  session: Session,
  { text, types, ...filter }: TextFilter,
  { versions, records }: ChangeSearch = { versions: ONE_SESSION, records: new Map() },
): Promise<FoundChanges> {
  if (text === undefined) return { rows: await readChanges(database, session, filter) };
  const slugs = filter.slug === undefined ? types.map(({ slug }) => slug) : [filter.slug];
  const { app_id: appId, version } = session;
  if (version !== null && !records.has(appId))
    records.set(appId, await findRecords(database, appId, { text, slugs, versions: versions.get(appId) }));
  const found = version === null ? undefined : records.get(appId);
  if (version === null || found === undefined) return lookThrough(database, session, { text, ...filter });
  if (found.ids.length === 0 || found.changedBy?.has(version) === false) return { rows: [] };
  return { rows: await readChanges(database, session, filter, found) };
}

/** The records that the index finds; undefined if there are too many, or if it does not have everything yet. */
async function findRecords(
  database: Kysely<Tables>,
  appId: string,
  { text, slugs, versions }: { text: string; slugs: readonly string[]; versions: readonly number[] | undefined },
): Promise<FoundRecords | undefined> {
  if (!(await isIndexed(database, appId))) return undefined;
  const { rows } = await sql<{ slug: string; id: string }>`
    select found.slug, found.id from unnest(${[...slugs]}::text[]) type (slug)
    cross join lateral (
      select slug, id from record_terms found
      where found.app_id = ${appId} and found.slug = type.slug and ${beginsWith(text)} limit ${MOST_FOUND + 1}
    ) found limit ${MOST_FOUND + 1}
  `.execute(database);
  if (rows.length > MOST_FOUND) return undefined;
  const places = { slugs: rows.map(({ slug }) => slug), ids: rows.map(({ id }) => id) };
  const changedBy = versions && (await findVersions(database, appId, { places, versions }));
  return { ...places, changedBy };
}

/** Those versions that changed one of the records: most have nothing to read. */
async function findVersions(
  database: Kysely<Tables>,
  appId: string,
  { places, versions }: { places: RecordPlaces; versions: readonly number[] },
): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ version: number }>`
    select distinct found.version
    from unnest(${[...places.slugs]}::text[], ${[...places.ids]}::text[]) place (slug, id)
    cross join lateral (
      select change.version from record_changes change
      where change.app_id = ${appId} and change.slug = place.slug and change.id = place.id
        and change.version = any(${[...versions]}::int[]) and change.before is not null
      union all
      select created_version from records live
      where live.app_id = ${appId} and live.slug = place.slug and live.id = place.id
        and live.created_version = any(${[...versions]}::int[])
    ) found
  `.execute(database);
  return new Set(rows.map(({ version }) => version));
}

async function lookThrough(
  database: Kysely<Tables>,
  session: Session,
  { text, ...filter }: ChangeFilter & { text: string },
): Promise<FoundChanges> {
  const found: ChangeRow[] = [];
  const start = text.toLowerCase();
  let { after, limit: size } = filter;
  for (let looked = 0; looked < MOST_LOOKED_AT; looked += size) {
    // Often the first few are found; if not, larger steps get on faster.
    if (looked > 0) size = STEP;
    const rows = await readChanges(database, session, { ...filter, after, limit: size });
    found.push(...rows.filter((row) => isFound(row, start)));
    if (found.length >= filter.limit) return { rows: found.slice(0, filter.limit) };
    const last = rows.at(-1);
    if (last === undefined || rows.length < size) return { rows: found };
    after = [last.slug, last.id];
  }
  return { rows: found, ...(after && { lookedTo: after }) };
}

function isFound({ id, before, after }: ChangeRow, start: string): boolean {
  const texts = [id, ...textsOf(before), ...textsOf(after)];
  return texts.some((text) => typeof text === "string" && text.toLowerCase().startsWith(start));
}

/** The fields of the index of records. */
function textsOf(record: RecordData | null): unknown[] {
  if (record === null) return [];
  const { email, username, name, display_name, last_name, first_name } = record;
  return [email, username, name, display_name, last_name, ...(display_name ? [] : [first_name])];
}
