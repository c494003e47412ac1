import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../database/schema.ts";
import { liveRecordOf } from "./pushed-records.ts";
import type { ReconciliationTarget } from "./reconciliation-target.ts";

/**
 * A record with the refs of some slugs that it had before: first those, unchanged, then the record's own refs that are
 * not among them. `before` and `slugs` may be null.
 */
export function withKeptRefs(
  data: RawBuilder<unknown>,
  { before, slugs }: { before: RawBuilder<unknown>; slugs: RawBuilder<unknown> },
): RawBuilder<unknown> {
  return sql`(${data} || coalesce((
    select jsonb_object_agg(kept.field, coalesce(${data} -> kept.field, '{}') || kept.targets) from (
      select fields.field, jsonb_object_agg(target.key, target.value || coalesce((
        select jsonb_agg(ref.value order by ref.ordinal)
        from jsonb_array_elements(${data} -> fields.field -> target.key) with ordinality ref (value, ordinal)
        where not target.value @> jsonb_build_array(jsonb_build_object('id', ref.value -> 'id'))
      ), '[]')) as targets
      from (values ('memberships'), ('assignments')) fields (field)
      cross join lateral jsonb_each(coalesce(${before} -> fields.field, '{}')) target
      where target.key = any(${slugs})
      group by fields.field
    ) kept
  ), '{}'))`;
}

/** Adds the refs that updated accounts keep. */
export async function applyKept(database: Kysely<Tables>, { session }: ReconciliationTarget): Promise<void> {
  const kept = withKeptRefs(sql.ref("live.data"), {
    before: sql.ref("change.before"),
    slugs: sql.ref("change.unknown_refs"),
  });
  await sql`
    insert into records (app_id, slug, id, data, changed_version)
    select live.app_id, live.slug, live.id, ${kept}, live.changed_version
    from record_changes change
    cross join lateral ${liveRecordOf(session.app_id, "change")} live
    where change.session_id = ${session.id} and change.change = 'updated' and change.unknown_refs is not null
    on conflict (app_id, slug, id) do update set data = excluded.data
  `.execute(database);
}
