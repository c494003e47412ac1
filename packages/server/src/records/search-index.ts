import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../database/schema.ts";

/** Characters of a text in the index; the rest is compared in the records that are found. */
const TERM_LENGTH = 64;

export const LAST_CHARACTER = "\u{10FFFF}";

/** The texts that find a record, shortened and in lower case, without empty ones. */
function termsOf(id: RawBuilder<unknown>, data: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select distinct ${toTerm(sql`field.text`)} as term from ${fieldsOf(id, data)} where field.text <> ''`;
}

/**
 * One row for each field that names a record. Without a display name, which would begin with it, the first name is one as
 * well, alone and with the last name.
 */
export function fieldsOf(id: RawBuilder<unknown>, data: RawBuilder<unknown>): RawBuilder<unknown> {
  const isUnnamed = sql`coalesce(${data} ->> 'display_name', '') = ''`;
  return sql`(values (${id} collate "default"), (${data} ->> 'email'), (${data} ->> 'username'), (${data} ->> 'name'),
    (${data} ->> 'display_name'), (${data} ->> 'last_name'), (case when ${isUnnamed} then ${data} ->> 'first_name' end),
    (case when ${isUnnamed} and ${data} ->> 'first_name' <> '' and ${data} ->> 'last_name' <> ''
      then (${data} ->> 'first_name') || ' ' || (${data} ->> 'last_name') end)) field (text)`;
}

/** A text as the index stores it. */
export function toTerm(text: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`lower(left(${text}, ${sql.lit(TERM_LENGTH)})) collate "C"`;
}

/** Updates the index for changed records; `batch` has `slug`, `id` and the value `before`. */
export async function indexTerms(
  transaction: Kysely<Tables>,
  appId: string,
  batch: RawBuilder<unknown>,
): Promise<void> {
  const record = sql`
    record as (
      select batch.slug, batch.id, batch.before, live.data from (${batch}) batch
      join records live on live.app_id = ${appId} and live.slug = batch.slug and live.id = batch.id
    )
  `;
  const terms = (data: RawBuilder<unknown>) =>
    sql`select slug, id, term from record cross join lateral (${termsOf(sql`record.id`, data)}) terms`;
  await sql`
    with ${record}, gone as (
      ${terms(sql`record.before`)} where before is not null except ${terms(sql`record.data`)}
    )
    delete from record_terms entry using gone
    where entry.app_id = ${appId} and entry.slug = gone.slug and entry.term = gone.term and entry.id = gone.id
  `.execute(transaction);
  await sql`
    with ${record}
    insert into record_terms (app_id, slug, term, id)
    select ${appId}::uuid, slug, term, id from (${terms(sql`record.data`)}) entry
    order by slug, term, id
    on conflict do nothing
  `.execute(transaction);
}

/** Whether an entry `found` begins with a text, in any case. */
export function beginsWith(text: string): RawBuilder<boolean> {
  const term = toTerm(sql`${text}::text`);
  return sql<boolean>`found.term >= ${term} and found.term < ${term} || ${LAST_CHARACTER}`;
}

/**
 * Whether the entry is the first that finds its row of `records`, so that each record appears once. It is computed from
 * the record itself: entries that it no longer has are skipped.
 */
export function isFirstTerm(text: string): RawBuilder<boolean> {
  return sql<boolean>`found.term = (
    select min(${toTerm(sql`field.text`)}) from ${fieldsOf(sql`records.id`, sql`records.data`)}
    where strpos(lower(field.text), lower(${text}::text)) = 1 and field.text <> ''
  )`;
}
