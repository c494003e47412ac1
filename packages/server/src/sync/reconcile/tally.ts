import { type Kysely, sql } from "kysely";
import type { Tables } from "../../database/schema.ts";
import type { PushedCount } from "./find-changes.ts";
import type { ReconciliationTarget } from "./reconciliation-target.ts";

/** What a session changes of a resource type. */
export interface Tally extends PushedCount {
  updated: number;
  removed: number;
  /** Those of the updated ones that had been removed. */
  returned: number;
  /** The changes, stubs included, that come from a ref and not from a page. */
  referred: number;
}

/** Sums up the session's changes for every type that it pushed or changes. */
export async function tallyChanges(
  database: Kysely<Tables>,
  { session }: ReconciliationTarget,
  pushed: readonly PushedCount[],
): Promise<Tally[]> {
  const { rows } = await sql<Omit<Tally, keyof PushedCount> & { slug: string }>`
    select slug,
      count(*) filter (where change = 'updated')::int as updated,
      count(*) filter (where change = 'removed')::int as removed,
      count(*) filter (where change = 'updated' and before_removed_at is not null)::int as returned,
      count(after)::int as referred
    from record_changes where session_id = ${session.id} group by slug
  `.execute(database);
  const slugs = new Set([...pushed, ...rows].map(({ slug }) => slug));
  return [...slugs].sort().map((slug) => {
    const { synced_count = 0, created = 0 } = pushed.find((row) => row.slug === slug) ?? {};
    const { updated = 0, removed = 0, returned = 0, referred = 0 } = rows.find((row) => row.slug === slug) ?? {};
    return { slug, synced_count, created, updated, removed, returned, referred };
  });
}

/** The sum of one figure over all types. */
export function total(tallies: readonly Tally[], figure: Exclude<keyof Tally, "slug">): number {
  return tallies.reduce((sum, tally) => sum + tally[figure], 0);
}
