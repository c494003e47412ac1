import { type Kysely, sql } from "kysely";
import type { RecordData } from "../../database/tables/records.ts";
import type { Tables } from "../../database/schema.ts";
import { isCurrent } from "../../records/ref-index.ts";
import { beginsWith } from "../../records/search-index.ts";
import type { Session } from "../find-session.ts";
import { type ChangeFilter, type ChangeRow, readChanges, type RecordPlaces } from "./read-changes.ts";

/** Up to this many records of an app are looked up by themselves; more are found by reading the changes. */
const MOST_FOUND = 1_000;
const MOST_LOOKED_AT = 1_000;
const STEP = 500;

interface FoundChanges {
  rows: ChangeRow[];
  /** Slug and id of the last change that was looked at, if there may be more behind it. */
  lookedTo?: readonly string[];
}

/** The changes of one of the sessions. */
export type FindChanges = (session: Session, filter: ChangeFilter) => Promise<FoundChanges>;

/**
 * Prepares to read the changes of some sessions; with a text those of records that it finds, as in the list of records.
 * The index is asked once for all of them, because most changed nothing that the text finds.
 */
export async function searchChanges(
  database: Kysely<Tables>,
  sessions: readonly Session[],
  { text, slug }: { text: string | undefined; slug: string | undefined },
): Promise<FindChanges> {
  if (text === undefined) return async (session, filter) => ({ rows: await readChanges(database, session, filter) });
  const records = await findRecords(database, sessions, { text, slug });
  const changing = await findChanging(database, sessions, records);
  return async (session, filter) => {
    // What a held session would create is in its pages alone; what it would remove is there.
    const isIndexed = session.version !== null || filter.change === "removed";
    const places = isIndexed ? records.get(session.app_id) : undefined;
    if (places === undefined) return lookThrough(database, session, { text, ...filter });
    const mayHaveSome = session.version === null || changing.has(session.id);
    return { rows: mayHaveSome ? await readChanges(database, session, filter, places) : [] };
  };
}

/**
 * By app, the records that the index finds. An app is missing if they are too many, or if its index does not have
 * everything yet.
 */
async function findRecords(
  database: Kysely<Tables>,
  sessions: readonly Session[],
  { text, slug }: { text: string; slug: string | undefined },
): Promise<Map<string, RecordPlaces>> {
  const appIds = new Set(sessions.map(({ app_id }) => app_id));
  const ofType = slug === undefined ? sql`` : sql`and type.slug = ${slug}`;
  const { rows } = await sql<{ app_id: string; slugs: string[]; ids: string[] }>`
    select app.id as app_id, coalesce(found.slugs, '{}') as slugs, coalesce(found.ids, '{}') as ids
    from apps app
    join record_ref_progress progress on progress.app_id = app.id and ${isCurrent}
    cross join lateral (
      select array_agg(slug) as slugs, array_agg(id) as ids, count(*) as count from (
        select found.slug, found.id from resource_types type
        cross join lateral (
          select slug, id from record_terms found
          where found.app_id = app.id and found.slug = type.slug and ${beginsWith(text)} limit ${MOST_FOUND + 1}
        ) found
        where type.clone_group_id = app.clone_group_id ${ofType} limit ${MOST_FOUND + 1}
      ) found
    ) found
    where app.id = any(${[...appIds]}::uuid[]) and found.count <= ${MOST_FOUND}
  `.execute(database);
  return new Map(rows.map(({ app_id: appId, slugs, ids }) => [appId, { slugs, ids }]));
}

/** Those of the sessions that changed one of the records. */
async function findChanging(
  database: Kysely<Tables>,
  sessions: readonly Session[],
  records: ReadonlyMap<string, RecordPlaces>,
): Promise<ReadonlySet<string>> {
  const places = [...records].flatMap(([appId, { slugs, ids }]) => slugs.map((slug, at) => [appId, slug, ids[at]!]));
  if (places.length === 0) return new Set();
  const column = (at: 0 | 1 | 2) => places.map((place) => place[at]!);
  const versions = sessions.flatMap(({ version }) => version ?? []);
  const { rows } = await sql<{ id: string }>`
    select distinct session.id
    from unnest(${column(0)}::uuid[], ${column(1)}::text[], ${column(2)}::text[]) place (app_id, slug, id)
    cross join lateral (
      select change.version from record_changes change
      where change.app_id = place.app_id and change.slug = place.slug and change.id = place.id
        and change.version = any(${versions}::int[]) and change.before is not null
      union all
      select created_version from records live
      where live.app_id = place.app_id and live.slug = place.slug and live.id = place.id
        and live.created_version = any(${versions}::int[])
    ) found
    join sync_sessions session on session.app_id = place.app_id and session.version = found.version
  `.execute(database);
  return new Set(rows.map(({ id }) => id));
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
  const whole = [first_name, last_name].filter(Boolean).join(" ");
  return [email, username, name, display_name, last_name, ...(display_name ? [] : [whole])];
}
