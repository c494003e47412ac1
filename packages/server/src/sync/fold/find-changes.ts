import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../database/schema.ts";
import { withKeptRefs } from "./kept-refs.ts";
import { pushedRecords, updatedPlaces } from "./pushed-records.ts";
import type { FoldTarget } from "./fold-target.ts";

/** What a session brings of a type. */
export interface PushedCount {
  slug: string;
  /** Records that it pushed, each counted once. */
  synced_count: number;
  /** Those of them that there were none of before. */
  created: number;
}

/**
 * Writes down what the session changes before anything is changed: it is what the guard judges, what is then applied,
 * and what the history shows. Of a created record its place is enough, where it was not told in several.
 *
 * The later page wins. A record that continues an earlier one counts where it came after that one first did, so that
 * sending the first one again takes nothing away; where nothing else told the id, the first of them is the record.
 * A group or license that only refs tell about is a stub: making one is no change that the history tells.
 * Records are compared by their digests: the many that stayed as they were cost no look into them. A full join, because
 * it is never planned as a loop in a loop; without fresh statistics, which PGlite never has, another join may be.
 */
export async function findChanges(
  database: Kysely<Tables>,
  { session, version, keepsRefs }: FoldTarget,
): Promise<PushedCount[]> {
  const { rows } = await sql<PushedCount>`
    with latest as materialized (
      select distinct on (page.slug, record.id)
        page.slug, record.id, record.digest, page.position, record.ordinal,
        coalesce(page.first_position, page.position) as first_position, record.unknown_refs
      from sync_pages page
      cross join lateral unnest(page.ids, page.record_digests, page.continued, page.unknown_refs)
        with ordinality record (id, digest, is_continued, unknown_refs, ordinal)
      where page.session_id = ${session.id}
      order by page.slug, record.id, coalesce(record.is_continued, false),
        case when record.is_continued then page.position else -page.position end,
        case when record.is_continued then record.ordinal else -record.ordinal end
    ), continued as (
      select latest.slug, latest.id, string_agg(record.digest::text, ' ' order by page.position, record.ordinal) as digests,
        string_agg(record.unknown_refs, ',') as unknown_refs
      from sync_pages page
      cross join lateral unnest(page.ids, page.record_digests, page.continued, page.unknown_refs)
        with ordinality record (id, digest, is_continued, unknown_refs, ordinal)
      join latest on latest.slug = page.slug and latest.id = record.id
      where page.session_id = ${session.id} and page.continued is not null and record.is_continued
        and (page.position, record.ordinal) > (latest.first_position, latest.ordinal)
      group by latest.slug, latest.id
    ), pushed as (
      select slug, id, case when digests is null then digest else md5(digest::text || digests)::uuid end as digest,
        position, ordinal, digests is not null as is_continued,
        string_to_array(nullif(concat_ws(',', latest.unknown_refs, continued.unknown_refs), ''), ',') as unknown_refs
      from latest left join continued using (slug, id)
    ), referred as (
      select ref.slug, ref.id, max(ref.name) as name
      from (
        select ref.slug, ref.id, ref.name from sync_pages page
        cross join lateral unnest(page.ref_slugs, page.ref_ids, page.ref_names) ref (slug, id, name)
        where page.session_id = ${session.id}
        ${keepsRefs ? keptRefs(session.app_id) : sql``}
      ) ref
      group by ref.slug, ref.id
    ), told as (
      select slug, id, digest, position, ordinal, is_continued, unknown_refs, null as name, true as is_pushed from pushed
      union all
      select slug, id, null, null, null, false, null, referred.name, false
      from referred left join latest using (slug, id)
      where latest.id is null
    ), live as (
      select slug, id, digest, created_version is null as is_stub, removed_at,
        case when created_version is null then data ->> 'name' end as stub_name
      from records where app_id = ${session.app_id}
    ), changed as materialized (
      select slug, id, told.position, told.ordinal, told.digest, told.is_continued, told.is_pushed, told.name, told.unknown_refs,
        coalesce(is_stub, true) as is_new
      from told full join live using (slug, id)
      where case
        when is_pushed is null then live.removed_at is null and ${session.status === "completing"}::boolean
        when is_stub is null or live.removed_at is not null then true
        when is_pushed then is_stub or live.digest is distinct from told.digest
        else is_stub and told.name is not null and live.stub_name is distinct from told.name
      end
    ), placed as (
      insert into created_places (session_id, position, ordinals)
      select ${session.id}::uuid, position, array_agg(ordinal) from changed where is_pushed and is_new group by position
    ), written as (
      insert into record_changes
        (session_id, app_id, version, slug, id, change, before, before_removed_at, position, ordinal, digest, unknown_refs,
          after)
      select ${session.id}::uuid, ${session.app_id}::uuid, ${version}::int, changed.slug, changed.id,
        case
          when is_pushed is null then 'removed'
          when not is_new then 'updated'
          when is_pushed then 'created'
          else 'stub'
        end,
        case when is_pushed and is_new then null else records.data end, records.removed_at,
        changed.position, changed.ordinal, case when changed.is_continued then changed.digest end,
        changed.unknown_refs,
        case when not is_pushed then
          coalesce(records.data, jsonb_build_object('id', changed.id))
            || case when changed.name is null or not is_new then '{}'::jsonb
                else jsonb_build_object('name', changed.name) end
        end
      from changed left join records on records.app_id = ${session.app_id}
        and records.slug = changed.slug and records.id = changed.id
      where is_pushed is not true or not is_new or is_continued
    )
    select slug, synced_count, coalesce(created, 0) as created
    from (select slug, count(*)::int as synced_count from latest group by slug) pushed
    left join (select slug, count(*)::int as created from changed where is_pushed and is_new group by slug) new using (slug)
  `.execute(database);
  return rows;
}

/** What the pushed accounts keep of what they referred to, as if it had been told again. */
function keptRefs(appId: string): RawBuilder<unknown> {
  return sql`
    union all
    select target.key, ref.value ->> 'id' collate "C", null
    from pushed join records live on live.app_id = ${appId} and live.slug = pushed.slug and live.id = pushed.id
    cross join lateral jsonb_each(
      coalesce(live.data -> 'memberships', '{}') || coalesce(live.data -> 'assignments', '{}')) target
    cross join lateral jsonb_array_elements(target.value) ref
    where target.key = any(pushed.unknown_refs)
  `;
}

/** A digest differs where only the order of the fields does: such a record did not change. Answers how many those were. */
export async function forgetEqual(
  database: Kysely<Tables>,
  { session: { id: sessionId }, keepsRefs }: FoldTarget,
): Promise<bigint> {
  const pushed = sql.ref("pushed.data");
  const kept = { before: sql.ref("change.before"), slugs: sql.ref("change.unknown_refs") };
  const { numAffectedRows = 0n } = await sql`
    delete from record_changes change
    using (${pushedRecords(sessionId, updatedPlaces(sessionId, sql`before_removed_at is null`))}) pushed
    where change.session_id = ${sessionId} and change.slug = pushed.slug and change.id = pushed.id
      and change.before = ${keepsRefs ? withKeptRefs(pushed, kept) : pushed}
      and not exists (
        select from sync_pages page where page.session_id = ${sessionId} and page.continued is not null
          and page.slug = change.slug and change.id = any(page.ids)
      )
  `.execute(database);
  return numAffectedRows;
}
