import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../database/schema.ts";
import type { ReconciliationTarget } from "./reconciliation-target.ts";
import { APART, liveRecordOf } from "./pushed-records.ts";

/** What a session pushes of a type. */
export interface PushedCount {
  slug: string;
  /** The records that it pushed, each counted once. */
  synced_count: number;
  /** Those that did not exist before. */
  created: number;
}

/**
 * Writes down what the session changes before anything is changed. The guard judges this list, it is then applied, and the
 * history shows it. A created record is written as its place in the pages, unless it was pushed in several parts.
 *
 * The stages of the statement, each with an example row. In the example the account u7 moved from the team g1 to g2, no
 * page contains g2, and no page contains the account u9. In page 12, u7 is the third record and a new account is the fourth.
 *
 *     latest     account u7, digest A, page 12, place 3             the record that counts, for each id
 *     continued  account u7, digests "B C"                          the records that continue it
 *     pushed     account u7, digest md5(A B C), page 12, place 3    latest and continued
 *     referred   team g2, name "Two"                                the targets of refs
 *     present    account u7, is_pushed | team g2, not is_pushed     pushed, and referred if it is not pushed
 *     changed    account u7 | team g2, is_new | account u9, is_pushed null
 *                                                                   present and live records that differ
 *     placed     page 12, places {4}                                created records, to `created_places`
 *     written    account u7 'updated', before {...} | team g2 'stub', after {...} | account u9 'removed'
 *                                                                   all other changes, to `record_changes`
 *
 * The later page wins. A record that continues an earlier one counts if it came after the first push of that one, so
 * sending the earlier one again loses nothing; if no other record has the id, the first continuing one is the record. A
 * group or license that only refs name is a stub, which the history does not show. Records are compared by their digests,
 * so unchanged ones are not read.
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
    ), present as (
      select slug, id, digest, position, ordinal, is_continued, unknown_refs, null as name, true as is_pushed from pushed
      union all
      select slug, id, null, null, null, false, null, referred.name, false
      from referred left join latest using (slug, id)
      where latest.id is null
    ), changed as materialized (
      select slug, id, present.position, present.ordinal, present.digest, present.is_continued, present.is_pushed, present.name, present.unknown_refs,
        coalesce(is_stub, true) as is_new
      from present ${besideLive(target)}
      where case
        when is_pushed is null then live.removed_at is null
        when is_stub is null or live.removed_at is not null then true
        when is_pushed then is_stub or present.digest is null or live.digest is distinct from present.digest
        else is_stub and present.name is not null and live.stub_name is distinct from present.name
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

// For a session without continued records, as nearly all are: joining nothing saves a tenth of the whole.
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
 * The live records to compare with, as `live`: all of the app if missing records are removed, otherwise only those that
 * were pushed. A full join is never planned as a nested loop; without fresh statistics, which PGlite never has, another
 * join may be.
 */
function besideLive({ session }: ReconciliationTarget): RawBuilder<unknown> {
  const columns = sql`slug, id, digest, created_version is null as is_stub, removed_at,
    case when created_version is null then data ->> 'name' end as stub_name`;
  return session.status === "completing"
    ? sql`full join (select ${columns} from records where app_id = ${session.app_id}) live using (slug, id)`
    : sql`left join lateral (
        select ${columns} from ${liveRecordOf(session.app_id, "present")} record
      ) live using (slug, id)`;
}

/** The refs that the pushed accounts keep, as if they were pushed again. */
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
