import { type RawBuilder, sql } from "kysely";

// A subquery with it is planned by itself and joined as a whole. Expecting only a few records, the planner would
// otherwise join them to their page by the slug first, which is the same for nearly all.
export const APART = sql`offset 0`;

/**
 * The records at some places of a session's pages: slug, id, data and digest. `places` has a row per page, with its
 * `position` and the `ordinals` of the records, so a page is taken apart once whatever the plan.
 */
export function pushedRecords(sessionId: string, places: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select page.slug, record.data ->> 'id' collate "C" as id, record.digest,
      ${withoutMarks(sql.ref("record.data"), sql.ref("record.ordinal"))} as data
    from (${places}) place
    join sync_pages page on page.session_id = ${sessionId} and page.position = place.position
    cross join lateral rows from (jsonb_array_elements(page.records::jsonb), unnest(page.record_digests))
      with ordinality record (data, digest, ordinal)
    where cardinality(place.ordinals) = page.record_count or record.ordinal = any(place.ordinals)
    ${APART}
  `;
}

/** A record at a place of `page`, without the fields that only describe how it was pushed. */
export function withoutMarks(record: RawBuilder<unknown>, ordinal: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    case when page.continued[${ordinal}] then
      case when page.unknown_refs[${ordinal}] is null then ${record} - 'continues'
        else ${record} - 'continues' - 'unknown_refs' end
    else case when page.unknown_refs[${ordinal}] is null then ${record} else ${record} - 'unknown_refs' end end
  `;
}

/** The places of the records that the session creates. */
export function createdPlaces(sessionId: string): RawBuilder<unknown> {
  return sql`select position, ordinals from created_places where session_id = ${sessionId}`;
}

/** The places of the records that the session updates, filtered by a condition on `record_changes`. */
export function updatedPlaces(sessionId: string, condition: RawBuilder<unknown> = sql`true`): RawBuilder<unknown> {
  return sql`
    select position, array_agg(ordinal) as ordinals from record_changes
    where session_id = ${sessionId} and change = 'updated' and position is not null and ${condition}
    group by position
  `;
}

/** The records that continue a changed one, in their order; each adds to the ones before it. */
export function continuedParts(sessionId: string): RawBuilder<unknown> {
  return sql`
    select change.slug, change.id, change.digest, part.data, part.position, part.ordinal
    from (
      select page.slug, record.data ->> 'id' collate "C" as id, record.data, page.position, record.ordinal
      from sync_pages page
      cross join lateral jsonb_array_elements(page.records::jsonb) with ordinality record (data, ordinal)
      where page.session_id = ${sessionId} and page.continued is not null and page.continued[record.ordinal]
      ${APART}
    ) part
    join record_changes change on change.session_id = ${sessionId}
      and change.slug = part.slug and change.id = part.id and change.position is not null
    join sync_pages base on base.session_id = ${sessionId} and base.position = change.position
    where (part.position, part.ordinal) > (coalesce(base.first_position, base.position), change.ordinal)
  `;
}

/**
 * The changed records that were pushed in several parts, with the refs of all parts; duplicate refs count once.
 * Filtered by a condition on `record_changes`.
 */
export function mergedRecords(sessionId: string, condition: RawBuilder<unknown> = sql`true`): RawBuilder<unknown> {
  const places = sql`
    select position, array_agg(ordinal) as ordinals from record_changes
    where session_id = ${sessionId} and digest is not null and position is not null and ${condition}
    group by position
  `;
  return sql`
    with base as materialized (${pushedRecords(sessionId, places)}
    ), whole as (
      select slug, id, data, 0 as position, 0 as ordinal from base
      union all
      select slug, id, data, position, ordinal from (${continuedParts(sessionId)}) part
    ), ref as (
      select distinct on (slug, whole.id, field, target.key, ref.value ->> 'id')
        slug, whole.id, field, target.key as target, ref.value as ref, position, whole.ordinal, ref.ordinal as place
      from whole
      cross join (values ('memberships'), ('assignments')) fields (field)
      cross join lateral jsonb_each(coalesce(whole.data -> field, '{}')) target
      cross join lateral jsonb_array_elements(target.value) with ordinality ref (value, ordinal)
      order by slug, whole.id, field, target.key, ref.value ->> 'id', position, whole.ordinal, ref.ordinal
    ), list as (
      select slug, id, field, target, jsonb_agg(ref order by position, ordinal, place) as refs
      from ref group by slug, id, field, target
    ), merged as (
      select slug, id, jsonb_object_agg(field, targets) as fields
      from (select slug, id, field, jsonb_object_agg(target, refs) as targets from list group by slug, id, field) field
      group by slug, id
    )
    select base.slug, base.id, base.data || coalesce((
      -- An empty list of the record stays as it was pushed.
      select jsonb_object_agg(field.key, coalesce(base.data -> field.key, '{}') || field.value)
      from jsonb_each(merged.fields) field
    ), '{}') as data
    from base left join merged on merged.slug = base.slug and merged.id = base.id
  `;
}

/**
 * The live record of a row of a query, for a lateral join. The limit makes every row a look-up by the primary key,
 * whatever the statistics say, so records that were not pushed are never read.
 */
export function liveRecordOf(
  appId: string,
  query: "present" | "pushed" | "changed" | "change" | "merged",
): RawBuilder<unknown> {
  return sql`(
    select * from records
    where records.app_id = ${appId} and records.slug = ${sql.ref(`${query}.slug`)} and records.id = ${sql.ref(`${query}.id`)}
    limit 1
  )`;
}
