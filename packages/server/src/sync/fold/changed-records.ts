import { type RawBuilder, sql } from "kysely";

/**
 * The pushed records of a session's changes that fulfil a condition on `record_changes`: slug, id, data and digest. The
 * places are gathered by page first, so that each page is taken apart once however the database plans.
 */
export function changedRecords(sessionId: string, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select page.slug, record.data ->> 'id' collate "C" as id, record.digest,
      case when page.continued[record.ordinal] then record.data - 'continues' else record.data end as data
    from (
      select position, array_agg(ordinal) as ordinals, count(*) as count from record_changes
      where session_id = ${sessionId} and position is not null and ${condition}
      group by position
    ) place
    join sync_pages page on page.session_id = ${sessionId} and page.position = place.position
    cross join lateral rows from (jsonb_array_elements(page.records), unnest(page.record_digests))
      with ordinality record (data, digest, ordinal)
    where place.count = page.record_count or record.ordinal = any(place.ordinals)
  `;
}
