import { type Kysely, type RawBuilder, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { MOST_APPS } from "../apps/most-apps.ts";
import { toArrayLiteral } from "../database/array-literal.ts";
import type { Tables } from "../database/schema.ts";
import type { ListedRecord } from "./list-records.ts";
import { type ReadRows, readWithin } from "./read-within.ts";
import { toLiveRecord } from "./to-live-record.ts";

/** A record has several entries of the index, of which one counts. */
const ENTRIES_PER_RECORD = 2;
/** How often a page looks for further entries, each time for twice as many, however few records they lead to. */
const MOST_LOOKS = 5;

export type FoundRow = ListedRecord & { app_name: string };

/** Which records of all apps. */
interface Search {
  kind: components["schemas"]["Kind"];
  /** Of an entry `found` of the index. */
  isHit: RawBuilder<boolean>;
  /** Of the row of `records` that the entry leads to. */
  isRight: RawBuilder<boolean>;
  after: readonly string[] | undefined;
  limit: number;
}

/** An entry of the index. */
interface Entry {
  term: string;
  app_id: string;
  slug: string;
  id: string;
  app_name: string;
}

/** Records in order, and how far the entries were looked at if there are more. */
interface FoundRecords extends ReadRows<FoundRow> {
  lookedTo?: readonly string[];
}

/** Looks at entries of the index, and reads the records of those that come first, however many apps have some. */
export async function findInApps(database: Kysely<Tables>, orgId: string, search: Search): Promise<FoundRecords> {
  const { isRight, limit } = search;
  const rows: FoundRow[] = [];
  let { after } = search;
  for (let look = 0; look < MOST_LOOKS; look++) {
    const most = ENTRIES_PER_RECORD * limit * 2 ** look;
    const entries = await readEntries(database, orgId, { ...search, after, limit: most });
    const records = recordsAt(entries, { isRight, limit: limit - rows.length });
    const read = await readWithin(database, records, sql`term, app_id, slug, id`);
    rows.push(...read.rows);
    const last = entries.at(-1);
    const isEnd = last === undefined || entries.length < most || rows.length === limit;
    if (read.isCut || isEnd) return { rows, isCut: read.isCut };
    after = toPlace(last);
  }
  return { rows, isCut: false, ...(after && { lookedTo: after }) };
}

/**
 * The first entries of each type of the kind of each app, merged. An entry of the page is of a type whose first entry is
 * among the first as well, so no other type is looked at further.
 */
async function readEntries(
  database: Kysely<Tables>,
  orgId: string,
  { kind, isHit, after, limit }: Omit<Search, "isRight">,
): Promise<Entry[]> {
  const next =
    after === undefined
      ? sql``
      : sql`and found.term >= ${after[0]}
          and (found.term, found.app_id, found.slug, found.id) > (${after[0]}, ${after[1]}::uuid, ${after[2]}, ${after[3]})`;
  const first = (count: number) => sql`
    select found.term, found.app_id, found.slug, found.id from record_terms found
    where found.app_id = source.app_id and found.slug = source.slug and ${isHit} ${next}
    order by found.term, found.id limit ${count}`;
  const { rows } = await sql<Entry>`
    select entry.term, entry.app_id, entry.slug, entry.id, source.app_name from (
      select source.* from (
        select app.id as app_id, app.name as app_name, type.slug from (
          select id, name, clone_group_id from apps where org_id = ${orgId} order by created_at, id limit ${MOST_APPS}
        ) app
        join resource_types type on type.clone_group_id = app.clone_group_id and type.type = ${kind}
      ) source
      cross join lateral (${first(1)}) entry
      order by entry.term, entry.app_id, entry.slug, entry.id limit ${limit}
    ) source
    cross join lateral (${first(limit)}) entry
    order by entry.term, entry.app_id, entry.slug, entry.id limit ${limit}
  `.execute(database);
  return rows;
}

/** The records that the entries lead to. */
function recordsAt(entries: readonly Entry[], { isRight, limit }: Pick<Search, "isRight" | "limit">) {
  const column = (name: keyof Entry) => toArrayLiteral(entries.map((entry) => entry[name]));
  return sql<FoundRow>`
    select record.*, found.term, found.app_name from (
      select term collate "C" as term, app_id, slug, id, app_name, place from unnest(
        ${column("term")}::text[], ${column("app_id")}::uuid[], ${column("slug")}::text[], ${column("id")}::text[],
        ${column("app_name")}::text[]
      ) with ordinality entry (term, app_id, slug, id, app_name, place)
    ) found
    cross join lateral (
      select * from records
      where records.app_id = found.app_id and records.slug = found.slug and records.id = found.id and ${isRight}
      limit 1
    ) record
    order by found.place limit ${limit}
  `;
}

/** The place of a record in the order of a list. */
export function toPlace({ term = "", app_id, slug, id }: Omit<Entry, "app_name"> | FoundRow): readonly string[] {
  return [term, app_id, slug, id];
}

export function toFound(
  { app_id, app_name, slug, data, removed_at: removedAt, created_version }: FoundRow,
  kind: components["schemas"]["Kind"],
): components["schemas"]["FoundRecord"] {
  const record = toLiveRecord(data, { kind, removedAt, isStub: created_version === null });
  return { app_id, app_name, slug, record };
}
