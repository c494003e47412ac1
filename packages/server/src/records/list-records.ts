import { type Kysely, type RawBuilder, type Selectable, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { Tables } from "../database/schema.ts";
import { type ReadRows, readWithin } from "./read-within.ts";
import { passes, type RefFilter } from "./record-filter.ts";
import { isIndexed, refDigest } from "./ref-index.ts";
import { beginsWith, isFirstTerm } from "./search-index.ts";

/** A listed record, with the term by which a text found it. */
export type ListedRecord = Selectable<Tables["records"]> & { term?: string };

/** What a list of records contains. */
export interface RecordQuery {
  appId: string;
  slug: string;
  /** The kind of the type. */
  kind: components["schemas"]["Kind"];
  status: components["schemas"]["RecordStatus"] | undefined;
  refs: readonly RefFilter[];
  limit: number;
  /** The end of the previous page. */
  after: readonly string[] | undefined;
}

/** The most records that a page with a filter looks at, however few of them match. */
const MOST_LOOKED_AT = 5_000;

/** The content of a page, and where it ended if it reached that limit. */
export interface ListedRows extends ReadRows<ListedRecord> {
  lookedTo?: readonly string[];
}

/** The records of a type by id, one more than the limit if there are more. */
export async function listById(database: Kysely<Tables>, query: RecordQuery): Promise<ListedRows> {
  const { appId, slug, status, refs, limit, after } = query;
  const [first, ...others] = refs;
  const last = after?.[0] ?? "";
  // After a large reconciliation the index is behind for a while: until then all accounts are searched.
  const ref = first !== undefined && (await isIndexed(database, appId)) ? first : undefined;
  const left = ref === undefined ? refs : others;
  const source =
    ref === undefined
      ? sql`select id from records where app_id = ${appId} and slug = ${slug}`
      : sql`
          select account_id as id from record_refs
          where app_id = ${appId} and slug = ${ref.slug} and ref_digest = ${refDigest(sql`${ref.id}`)}
            and account_slug = ${slug}`;
  const bound =
    status === undefined && left.length === 0
      ? undefined
      : await findBound(database, sql`select id from (${source}) source where id > ${last} order by id`);
  let records = database
    .selectFrom("records")
    .selectAll("records")
    .where("records.app_id", "=", appId)
    .where("records.slug", "=", slug)
    .where(passes(query, left))
    .orderBy("records.id")
    .limit(limit + 1);
  if (after !== undefined) records = records.where("records.id", ">", last);
  if (bound !== undefined) records = records.where("records.id", "<=", bound["id"] ?? "");
  if (ref !== undefined) {
    records = records
      .innerJoin("record_refs as ref", (join) =>
        join
          .onRef("ref.app_id", "=", "records.app_id")
          .onRef("ref.account_slug", "=", "records.slug")
          .onRef("ref.account_id", "=", "records.id"),
      )
      .where("ref.slug", "=", ref.slug)
      .where("ref.ref_digest", "=", refDigest(sql`${ref.id}`))
      .where("ref.account_id", ">", last)
      .clearOrderBy()
      .orderBy("ref.account_id");
    if (bound !== undefined) records = records.where(sql<boolean>`ref.account_id <= ${bound["id"]}`);
  }
  const read = await readWithin(database, records, sql`id`);
  return { ...read, ...(bound !== undefined && { lookedTo: [bound["id"] ?? ""] }) };
}

/** The records of a type that match a text, in the order of the matching terms and then by id. */
export async function listByText(database: Kysely<Tables>, text: string, query: RecordQuery): Promise<ListedRows> {
  const { appId, slug, status, refs, limit, after } = query;
  const next = after === undefined ? sql`` : sql`and (found.term, found.id) > (${after[0]}, ${after[1]})`;
  const source = sql`
    select found.term, found.id from record_terms found
    where found.app_id = ${appId} and found.slug = ${slug} and ${beginsWith(text)} ${next}
    order by found.term, found.id
  `;
  const isFiltered = status !== undefined || refs.length > 0;
  const bound = isFiltered ? await findBound(database, source) : undefined;
  const last = bound === undefined ? sql`` : sql`and (found.term, found.id) <= (${bound["term"]}, ${bound["id"]})`;
  // `limit 1` makes each record a look-up by its key, in the order of the index, until there are enough.
  const records = sql<ListedRecord>`
    select record.*, found.term from record_terms found
    cross join lateral (
      select * from records
      where records.app_id = found.app_id and records.slug = found.slug and records.id = found.id
        and ${isFirstTerm(text)} and ${passes(query, refs)}
      limit 1
    ) record
    where found.app_id = ${appId} and found.slug = ${slug} and ${beginsWith(text)} ${next} ${last}
    order by found.term, found.id limit ${limit + 1}
  `;
  const read = await readWithin(database, records, sql`term, id`);
  return { ...read, ...(bound !== undefined && { lookedTo: [bound["term"] ?? "", bound["id"] ?? ""] }) };
}

/** The last position that a page looks at; undefined if there are fewer. */
async function findBound(
  database: Kysely<Tables>,
  places: RawBuilder<unknown>,
): Promise<Readonly<Record<string, string>> | undefined> {
  const { rows } = await sql<Record<string, string>>`${places} offset ${MOST_LOOKED_AT - 1} limit 1`.execute(database);
  return rows[0];
}
