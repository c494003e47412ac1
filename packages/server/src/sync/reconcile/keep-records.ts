import { type Kysely, sql } from "kysely";
import type { Tables } from "../../database/schema.ts";

/**
 * Removes from a session's changes the records that its confirmation keeps, and the removal of groups and licenses that
 * kept accounts refer to. Returns the number of these records; 0 if the confirmation named none.
 */
export async function keepRecords(transaction: Kysely<Tables>, sessionId: string): Promise<number> {
  const kept = sql`
    kept as materialized (
      select session.app_id, record ->> 'slug' collate "C" as slug, record ->> 'id' collate "C" as id
      from sync_sessions session cross join lateral jsonb_array_elements(session.kept) record
      where session.id = ${sessionId}
    )`;
  const { numAffectedRows = 0n } = await sql`
    with ${kept}
    delete from record_changes change using kept
    where change.session_id = ${sessionId} and change.slug = kept.slug and change.id = kept.id
      and change.change in ('removed', 'updated')
  `.execute(transaction);
  if (numAffectedRows === 0n) return 0;
  await sql`
    with ${kept}, referred as materialized (
      select distinct target.key collate "C" as slug, ref ->> 'id' collate "C" as id from kept
      join records live on live.app_id = kept.app_id and live.slug = kept.slug and live.id = kept.id
      join apps app on app.id = kept.app_id
      join resource_types type
        on type.clone_group_id = app.clone_group_id and type.slug = kept.slug and type.type = 'account'
      cross join lateral jsonb_each(
        coalesce(live.data -> 'memberships', '{}') || coalesce(live.data -> 'assignments', '{}')
      ) target
      cross join lateral jsonb_array_elements(target.value) ref
    )
    delete from record_changes change using referred
    where change.session_id = ${sessionId} and change.slug = referred.slug and change.id = referred.id
      and change.change = 'removed'
  `.execute(transaction);
  return Number(numAffectedRows);
}
