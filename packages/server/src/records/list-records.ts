import { type Kysely, type Selectable, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { Tables } from "../database/schema.ts";
import { type ReadRows, readWithin } from "./read-within.ts";
import { passes, type RefFilter } from "./record-filter.ts";
import { isIndexed, refDigest } from "./ref-index.ts";
import { beginsWith, isFirstTerm } from "./search-index.ts";

/** A record as it is listed; with the term by which a text found it. */
export type ListedRecord = Selectable<Tables["records"]> & { term?: string };

/** What a list of records is to hold. */
export interface RecordQuery {
  appId: string;
  slug: string;
  /** Of the type. */
  kind: components["schemas"]["Kind"];
  status: components["schemas"]["RecordStatus"] | undefined;
  refs: readonly RefFilter[];
  limit: number;
  /** Where the page before ended. */
  after: readonly string[] | undefined;
}

/** The records of a type by id, one more than the limit where there are more. */
export async function listById(database: Kysely<Tables>, query: RecordQuery): Promise<ReadRows<ListedRecord>> {
  const { appId, slug, refs, limit, after } = query;
  const [first, ...others] = refs;
  const last = after?.[0] ?? "";
  let records = database
    .selectFrom("records")
    .selectAll("records")
    .where("records.app_id", "=", appId)
    .where("records.slug", "=", slug)
    .orderBy("records.id")
    .limit(limit + 1);
  if (after !== undefined) records = records.where("records.id", ">", last);
  // Right after a large fold the index is still behind: the accounts themselves are looked through until then.
  if (first === undefined || !(await isIndexed(database, appId))) records = records.where(passes(query, refs));
  else
    records = records
      .where(passes(query, others))
      .innerJoin("record_refs as ref", (join) =>
        join
          .onRef("ref.app_id", "=", "records.app_id")
          .onRef("ref.account_slug", "=", "records.slug")
          .onRef("ref.account_id", "=", "records.id"),
      )
      .where("ref.slug", "=", first.slug)
      .where("ref.ref_digest", "=", refDigest(sql`${first.id}`))
      .where("ref.account_id", ">", last)
      .clearOrderBy()
      .orderBy("ref.account_id");
  return readWithin(database, records, sql`id`);
}

/** The records of a type that a text finds, in the order of what was found, and then by id. */
export async function listByText(
  database: Kysely<Tables>,
  text: string,
  query: RecordQuery,
): Promise<ReadRows<ListedRecord>> {
  const { appId, slug, refs, limit, after } = query;
  const next = after === undefined ? sql`` : sql`and (found.term, found.id) > (${after[0]}, ${after[1]})`;
  // `limit 1` has each record looked up by its key, in the order of the index, until there are enough.
  const records = sql<ListedRecord>`
    select record.*, found.term from record_terms found
    cross join lateral (
      select * from records
      where records.app_id = found.app_id and records.slug = found.slug and records.id = found.id
        and ${isFirstTerm(text)} and ${passes(query, refs)}
      limit 1
    ) record
    where found.app_id = ${appId} and found.slug = ${slug} and ${beginsWith(text)} ${next}
    order by found.term, found.id limit ${limit + 1}
  `;
  return readWithin(database, records, sql`term, id`);
}
