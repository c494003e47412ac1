import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../database/schema.ts";
import type { ReconciliationTarget } from "./reconciliation-target.ts";
import { APART, liveRecordOf } from "./pushed-records.ts";

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
 * and what the history shows. Of a created record its place is enough, unless it was pushed in several.
 *
 * Each stage of the statement, with a row of it. Here the session tells that u7 has left one team for another, g2, which
 * nobody pushed; u9 it does not mention.
 *
 *     latest     account u7, digest A, page 12, place 3                of each record the one that counts
 *     continued  account u7, digests "B C"                             what other records add to it
 *     pushed     account u7, digest md5(A B C), page 12, place 3       latest with continued
 *     referred   team g2, name "Two"                                   what the accounts refer to
 *     told       account u7, is_pushed | team g2, not is_pushed        pushed, and what is referred to and not pushed
 *     changed    account u7 | team g2, is_new | account u9, is_pushed null
 *                                                                      told beside what is live, where they differ
 *     placed     page 12, places {4}                                   the created records, to `created_places`
 *     written    account u7 'updated', before {...} | team g2 'stub', after {...} | account u9 'removed'
 *                                                                      all else of changed, to `record_changes`
 *
 * The later page wins. A record that continues an earlier one counts if it came after that one first did, so that
 * sending the first one again takes nothing away; if nothing else told the id, the first of them is the record.
 * A group or license that only refs tell about is a stub: making one is no change that the history shows.
 * Records are compared by their digests: the many that stayed as they were cost no look into them.
 */
export async function findChanges(database: Kysely<Tables>, target: ReconciliationTarget): Promise<PushedCount[]> {
  const { session, version, keepsRefs, hasParts } = target;
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
    ), ${hasParts ? pushedInParts(session.id) : pushedWhole}
    , referred as (
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
    ), changed as materialized (
      select slug, id, told.position, told.ordinal, told.digest, told.is_continued, told.is_pushed, told.name, told.unknown_refs,
        coalesce(is_stub, true) as is_new
      from told ${besideLive(target)}
      where case
        when is_pushed is null then live.removed_at is null
        when is_stub is null or live.removed_at is not null then true
        when is_pushed then is_stub or told.digest is null or live.digest is distinct from told.digest
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
      from changed left join lateral ${liveRecordOf(session.app_id, "changed")} records on true
      where is_pushed is not true or not is_new or is_continued
    )
    select slug, synced_count, coalesce(created, 0) as created
    from (select slug, count(*)::int as synced_count from latest group by slug) pushed
    left join (select slug, count(*)::int as created from changed where is_pushed and is_new group by slug) new using (slug)
  `.execute(database);
  return rows;
}

// Of a session that tells each record at once, as nearly all do: joining nothing saves a tenth of the whole.
const pushedWhole = sql`
    pushed as (
      select slug, id, digest, position, ordinal, false as is_continued,
        string_to_array(nullif(unknown_refs, ''), ',') as unknown_refs
      from latest
    )`;

function pushedInParts(sessionId: string): RawBuilder<unknown> {
  return sql`
    continued as (
      select latest.slug, latest.id, string_agg(part.digest::text, ' ' order by part.position, part.ordinal) as digests,
        string_agg(part.unknown_refs, ',') as unknown_refs
      from (
        select page.slug, record.id, record.digest, record.unknown_refs, page.position, record.ordinal
        from sync_pages page
        cross join lateral unnest(page.ids, page.record_digests, page.continued, page.unknown_refs)
          with ordinality record (id, digest, is_continued, unknown_refs, ordinal)
        where page.session_id = ${sessionId} and page.continued is not null and record.is_continued
        ${APART}
      ) part
      join latest on latest.slug = part.slug and latest.id = part.id
      where (part.position, part.ordinal) > (latest.first_position, latest.ordinal)
      group by latest.slug, latest.id
    ), pushed as (
      select slug, id, case when digests is null then digest else md5(digest::text || digests)::uuid end as digest,
        position, ordinal, digests is not null as is_continued,
        string_to_array(nullif(concat_ws(',', latest.unknown_refs, continued.unknown_refs), ''), ',') as unknown_refs
      from latest left join continued using (slug, id)
    )`;
}

/**
 * What is live, as `live`: all of the app where what was not told is removed, and otherwise what was told and no more.
 * A full join, because it is never planned as a loop in a loop; without fresh statistics, which PGlite never has, another
 * join may be.
 */
function besideLive({ session }: ReconciliationTarget): RawBuilder<unknown> {
  const columns = sql`slug, id, digest, created_version is null as is_stub, removed_at,
    case when created_version is null then data ->> 'name' end as stub_name`;
  return session.status === "completing"
    ? sql`full join (select ${columns} from records where app_id = ${session.app_id}) live using (slug, id)`
    : sql`left join lateral (
        select ${columns} from ${liveRecordOf(session.app_id, "told")} record
      ) live using (slug, id)`;
}

/** What the pushed accounts keep of what they referred to, as if it had been told again. */
function keptRefs(appId: string): RawBuilder<unknown> {
  return sql`
    union all
    select target.key, ref.value ->> 'id' collate "C", null
    from pushed cross join lateral ${liveRecordOf(appId, "pushed")} live
    cross join lateral jsonb_each(
      coalesce(live.data -> 'memberships', '{}') || coalesce(live.data -> 'assignments', '{}')) target
    cross join lateral jsonb_array_elements(target.value) ref
    where target.key = any(pushed.unknown_refs)
  `;
}
