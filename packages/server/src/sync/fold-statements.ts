import { type Kysely, type RawBuilder, sql } from "kysely";
import type { FoldCount, Tables } from "../database/schema.ts";
import type { Ref } from "./collect-refs.ts";
import type { FoldTarget } from "./fold-target.ts";

/** How many records of each type were active before the fold. */
export async function countActive(database: Kysely<Tables>, { session }: FoldTarget): Promise<Map<string, number>> {
  const { rows } = await sql<{ slug: string; count: number }>`
    select slug, count(*)::int as count from records where app_id = ${session.app_id} and removed_at is null group by slug
  `.execute(database);
  return new Map(rows.map(({ slug, count }) => [slug, count]));
}

/**
 * Makes the staged records live; the later page wins. Records that stayed as they were are sorted out by the join:
 * the conflict clause alone would leave them unwritten too, yet lock each of them, which is a write as well.
 */
export async function applyPages(database: Kysely<Tables>, { session, version }: FoldTarget): Promise<void> {
  await sql`
    insert into records (app_id, slug, id, data, created_version, changed_version)
    select ${session.app_id}::uuid, latest.slug, latest.id, latest.data, ${version}::int, ${version}::int
    from (
      select distinct on (page.slug, record ->> 'id' collate "C")
        page.slug, record ->> 'id' collate "C" as id, record as data
      from sync_pages page cross join lateral jsonb_array_elements(page.records::jsonb) record
      where page.session_id = ${session.id}
      order by page.slug, record ->> 'id' collate "C", page.position desc
    ) latest
    left join records live on live.app_id = ${session.app_id} and live.slug = latest.slug and live.id = latest.id
    where live.id is null or live.created_version is null or live.removed_at is not null or live.data <> latest.data
    on conflict (app_id, slug, id) do update set
      data = excluded.data,
      created_version = coalesce(records.created_version, excluded.created_version),
      changed_version = excluded.changed_version,
      removed_at = null,
      removed_in = null
  `.execute(database);
}

/** Everything that the pages refer to; a name is taken from whichever page gave one. */
export async function readRefs(database: Kysely<Tables>, { session }: FoldTarget): Promise<Ref[]> {
  const { rows } = await sql<Ref>`
    select ref.slug, ref.id, max(ref.name) as name
    from sync_pages page cross join lateral unnest(page.ref_slugs, page.ref_ids, page.ref_names) ref (slug, id, name)
    where page.session_id = ${session.id}
    group by 1, 2
  `.execute(database);
  return rows;
}

/**
 * A group or license that nobody pushed becomes a stub, and a ref keeps alive or brings back what it points to.
 * A record that was pushed is never overwritten.
 */
export async function applyRefs(
  database: Kysely<Tables>,
  { session, version }: FoldTarget,
  refs: readonly Ref[],
): Promise<void> {
  if (refs.length === 0) return;
  await sql`
    insert into records (app_id, slug, id, data, changed_version)
    select ${session.app_id}::uuid, ref.slug, ref.id,
      jsonb_strip_nulls(jsonb_build_object('id', ref.id, 'name', ref.name)), ${version}::int
    from (${refRows(refs)}) ref
    left join records live on live.app_id = ${session.app_id} and live.slug = ref.slug and live.id = ref.id
    where live.id is null or live.removed_at is not null
      or (live.created_version is null and ref.name is not null and live.data ->> 'name' is distinct from ref.name)
    on conflict (app_id, slug, id) do update set
      data = case when records.created_version is null then records.data || excluded.data else records.data end,
      changed_version = excluded.changed_version,
      removed_at = null,
      removed_in = null
  `.execute(database);
}

/** How many active records of each type were neither pushed nor referred to. */
export async function findMissing(
  database: Kysely<Tables>,
  { session }: FoldTarget,
  refs: readonly Ref[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ slug: string; count: number }>`
    select slug, count(*)::int as count from (${missingIds(session, refs)}) missing group by slug
  `.execute(database);
  return new Map(rows.map(({ slug, count }) => [slug, count]));
}

export async function removeMissing(
  database: Kysely<Tables>,
  { session, version, now }: FoldTarget,
  refs: readonly Ref[],
): Promise<void> {
  await sql`
    update records set removed_at = ${now}, removed_in = ${session.id}, changed_version = ${version}
    from (${missingIds(session, refs)}) missing
    where records.app_id = ${session.app_id} and records.slug = missing.slug and records.id = missing.id
  `.execute(database);
}

/** What the fold did, exactly. */
export async function countChanges(database: Kysely<Tables>, { session, version }: FoldTarget): Promise<FoldCount[]> {
  const { rows } = await sql<FoldCount>`
    select coalesce(pushed.slug, changed.slug) as slug,
      coalesce(synced_count, 0)::int as synced_count,
      coalesce(created, 0)::int as created,
      coalesce(updated, 0)::int as updated,
      coalesce(removed, 0)::int as removed
    from (select slug, count(*) as synced_count from (${pushedIds(session.id)}) ids group by slug) pushed
    full join (
      select slug,
        count(*) filter (where created_version = ${version}) as created,
        count(*) filter (where created_version < ${version} and removed_at is null) as updated,
        count(*) filter (where removed_in = ${session.id}) as removed
      from records where app_id = ${session.app_id} and changed_version = ${version} group by slug
    ) changed on changed.slug = pushed.slug
  `.execute(database);
  return rows;
}

function pushedIds(sessionId: string): RawBuilder<unknown> {
  return sql`
    select distinct page.slug, id from sync_pages page cross join lateral unnest(page.ids) id
    where page.session_id = ${sessionId}
  `;
}

function refRows(refs: readonly Ref[]): RawBuilder<unknown> {
  return sql`
    select slug collate "C" as slug, id collate "C" as id, name
    from jsonb_to_recordset(${JSON.stringify(refs)}::jsonb) as ref (slug text, id text, name text)
  `;
}

/**
 * Active records that were neither pushed nor referred to. A set difference, because it is never planned as a loop in
 * a loop: without fresh statistics, which PGlite never has, a join of two large sets may be.
 */
function missingIds({ id, app_id }: { id: string; app_id: string }, refs: readonly Ref[]): RawBuilder<unknown> {
  return sql`
    (select slug, id from records where app_id = ${app_id} and removed_at is null)
    except (${pushedIds(id)})
    except (select slug, id from (${refRows(refs)}) ref)
  `;
}
