import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { Tables } from "../../database/schema.ts";
import type { Session } from "../find-session.ts";

type Schemas = components["schemas"];

/** Records that are taken apart, of the removed and of the active ones. */
const MOST_EXAMINED = 1_000;
/** The first ones by id, of which they are a sample. */
const MOST_LOOKED_AT = { removed: 2_000, active: 3_000 };
const MOST_TRAITS = 20;
const LONGEST_VALUE = 200;

/** Fields that identify a single record, or are handled separately. */
const OWN_FIELDS = [
  "id",
  "email",
  "username",
  "name",
  "first_name",
  "last_name",
  "display_name",
  "description",
  "memberships",
  "assignments",
];

/** Ids often say where a record belongs, so the first ones by id would not be like the others. Each call has the same. */
const sampleOrder = sql`md5(id), id`;

interface TraitRow {
  by: Schemas["Trait"]["by"];
  name: string;
  value: string | null;
  title: string | null;
  removed: number;
  active: number;
}

/** If there is no trait, one row has the number of examined records. */
type FoundRow = (TraitRow | { by: null }) & { all_removed: number; all_active: number };

/**
 * The traits that the records of a type share that a held session would remove, compared with the active ones. The
 * session is a range, from which the planner expects few of its changes: it reads them in the order of the index and
 * stops, where it would otherwise sort all of them.
 */
export async function findTraits(
  database: Kysely<Tables>,
  { id: sessionId, app_id: appId }: Session,
  slug: string,
): Promise<Pick<Schemas["CommonTraits"], "examined" | "traits">> {
  const { rows } = await sql<FoundRow>`
    with record as materialized (
      (select true as is_removed, id, data from (
        select id, before as data from record_changes
        where session_id between ${sessionId} and ${sessionId} and change = 'removed' and slug = ${slug}
        order by session_id, change, slug, id limit ${MOST_LOOKED_AT.removed}
      ) removed order by ${sampleOrder} limit ${MOST_EXAMINED})
      union all
      (select false, id, data from (
        select id, data, removed_at from records where app_id = ${appId} and slug = ${slug}
        order by id limit ${MOST_LOOKED_AT.active}
      ) live where removed_at is null order by ${sampleOrder} limit ${MOST_EXAMINED})
    ), examined as (
      select count(*) filter (where is_removed)::int as removed, count(*) filter (where not is_removed)::int as active
      from record
    ), field as materialized (
      select is_removed, field.key as name, field.value
      from record cross join lateral jsonb_each(data - ${OWN_FIELDS}::text[]) field
      where jsonb_typeof(field.value) <> 'null'
    ), trait as (
      select is_removed, 'field' as by, name, value #>> '{}' as value from field
      where jsonb_typeof(value) in ('string', 'number', 'boolean') and length(value #>> '{}') <= ${LONGEST_VALUE}
      union all
      select is_removed, 'email_domain', 'email', lower(split_part(data ->> 'email', '@', 2))
      from record where strpos(data ->> 'email', '@') > 0
      union all
      select is_removed, by, name, value from (
        select distinct is_removed, record.id, field.by, target.key as name, ref ->> 'id' as value
        from record
        cross join (values ('memberships', 'member_of'), ('assignments', 'assigned')) field (name, by)
        cross join lateral jsonb_each(
          case when jsonb_typeof(data -> field.name) = 'object' then data -> field.name else '{}' end
        ) target
        cross join lateral jsonb_array_elements(
          case when jsonb_typeof(target.value) = 'array' then target.value else '[]' end
        ) ref
      ) referred
    ), counted as (
      select by, name, value, count(*) filter (where is_removed)::int as removed,
        count(*) filter (where not is_removed)::int as active
      from trait group by by, name, value
    ), absent as (
      select 'field' as by, field.name, null as value,
        examined.removed - count(*) filter (where is_removed)::int as removed,
        examined.active - count(*) filter (where not is_removed)::int as active
      from field cross join examined
      group by field.name, examined.removed, examined.active
    )
    select found.*, examined.removed as all_removed, examined.active as all_active, (
      select live.data ->> 'name' from records live
      where found.by in ('member_of', 'assigned') and live.app_id = ${appId}
        and live.slug = found.name collate "C" and live.id = found.value collate "C"
    ) as title
    from examined left join lateral (
      select * from (select * from counted union all select * from absent) trait where trait.removed > 1
      order by trait.removed::float / greatest(examined.removed, 1) - trait.active::float / greatest(examined.active, 1) desc,
        trait.removed desc, trait.by, trait.name, trait.value
      limit ${MOST_TRAITS}
    ) found on true
    order by found.removed::float / greatest(examined.removed, 1) - found.active::float / greatest(examined.active, 1) desc,
      found.removed desc, found.by, found.name, found.value
  `.execute(database);
  const [first] = rows;
  return {
    examined: { removed: first?.all_removed ?? 0, active: first?.all_active ?? 0 },
    traits: rows.flatMap((row) => (row.by === null ? [] : [toTrait(row)])),
  };
}

function toTrait({ by, name, value, title, removed, active }: TraitRow): Schemas["Trait"] {
  return { by, name, value, ...(title !== null && { title }), removed, active };
}
