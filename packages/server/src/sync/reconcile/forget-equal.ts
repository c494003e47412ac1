import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../database/schema.ts";
import type { ReconciliationTarget } from "./reconciliation-target.ts";
import { withKeptRefs } from "./kept-refs.ts";
import { mergedRecords, pushedRecords, updatedPlaces } from "./pushed-records.ts";

/**
 * Deletes updates that change nothing, and returns their number. The digest of an account also differs if only its
 * unknown refs, the split of its refs into several records or their order differ.
 */
export async function forgetEqual(
  database: Kysely<Tables>,
  { session: { id: sessionId, app_id: appId }, keepsRefs }: ReconciliationTarget,
): Promise<bigint> {
  const stayed = sql`before_removed_at is null`;
  const candidate = sql.ref("candidate.data");
  const kept = { before: sql.ref("candidate.before"), slugs: sql.ref("candidate.unknown_refs") };
  const { numAffectedRows = 0n } = await sql`
    with candidate as materialized (
      select change.slug, change.id, change.before, change.unknown_refs, coalesce(merged.data, pushed.data) as data
      from (${pushedRecords(sessionId, updatedPlaces(sessionId, stayed))}) pushed
      join record_changes change
        on change.session_id = ${sessionId} and change.slug = pushed.slug and change.id = pushed.id
      left join (${mergedRecords(sessionId, stayed)}) merged on merged.slug = change.slug and merged.id = change.id
      where change.before - ${REF_FIELDS} = pushed.data - ${REF_FIELDS}
    ), whole as (
      select slug, id, before, ${keepsRefs ? withKeptRefs(candidate, kept) : candidate} as data from candidate
    )
    delete from record_changes change using whole
    where change.session_id = ${sessionId} and change.slug = whole.slug and change.id = whole.id
      and case
        when whole.before = whole.data then true
        -- In a group or a license these fields are unknown extras of any shape.
        when whole.slug in (
          select type.slug from resource_types type join apps app on app.clone_group_id = type.clone_group_id
          where app.id = ${appId} and type.type = 'account'
        ) then ${sortedRefs("before")} = ${sortedRefs("data")}
        else false
      end
  `.execute(database);
  return numAffectedRows;
}

const REF_FIELDS = sql`'{memberships,assignments}'::text[]`;

/** The refs of a record, each list in the order of its ids. */
function sortedRefs(column: "before" | "data"): RawBuilder<unknown> {
  return sql`(
    select jsonb_object_agg(field.key, (
      select jsonb_object_agg(target.key, (
        select jsonb_agg(ref order by ref ->> 'id') from jsonb_array_elements(target.value) ref
      )) from jsonb_each(field.value) target
    ))
    from jsonb_each(whole.${sql.raw(column)}) field where field.key = any(${REF_FIELDS})
  )`;
}
