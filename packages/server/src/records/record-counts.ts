import { type Kysely, sql } from "kysely";
import { toArrayLiteral } from "../database/array-literal.ts";
import type { Tables } from "../database/schema.ts";

/** The change in the number of active records of a type. */
export interface CountChange {
  slug: string;
  by: number;
}

/**
 * Updates the counts of active accounts to the version of a reconciliation, in its transaction. A type without a count
 * of the previous version, for example after an upgrade, is counted; before the first version there was nothing.
 */
export async function updateCounts(
  transaction: Kysely<Tables>,
  { appId, version }: { appId: string; version: number },
  changes: readonly CountChange[],
): Promise<void> {
  const slugs = toArrayLiteral(changes.map(({ slug }) => slug));
  const sums = toArrayLiteral(changes.map(({ by }) => String(by)));
  await sql`
    insert into record_counts (app_id, slug, active, version)
    select app.id, type.slug,
      case when ${version}::int = 1 or known.version = ${version - 1}::int
        then coalesce(known.active, 0) + coalesce(change.by, 0) else (
        select count(*)::int from records
        where records.app_id = app.id and records.slug = type.slug and records.removed_at is null
      ) end,
      ${version}::int
    from apps app
    join resource_types type on type.clone_group_id = app.clone_group_id and type.type = 'account'
    left join record_counts known on known.app_id = app.id and known.slug = type.slug
    left join unnest(${slugs}::text[], ${sums}::int[]) change (slug, by) on change.slug = type.slug
    where app.id = ${appId}
    on conflict (app_id, slug) do update set active = excluded.active, version = excluded.version
  `.execute(transaction);
}

/** Subtracts records that are deleted for ever from the counts. */
export async function subtractCounts(
  transaction: Kysely<Tables>,
  appId: string,
  deleted: readonly { slug: string }[],
): Promise<void> {
  const slugs = toArrayLiteral(deleted.map(({ slug }) => slug));
  await sql`
    update record_counts set active = record_counts.active - gone.count
    from (select slug, count(*)::int as count from unnest(${slugs}::text[]) record (slug) group by slug) gone
    where record_counts.app_id = ${appId} and record_counts.slug = gone.slug
  `.execute(transaction);
}
