import { type Kysely, sql } from "kysely";
import type { FoldCount, Tables } from "../../database/schema.ts";
import type { SyncedCount } from "./find-changes.ts";
import type { FoldTarget } from "./fold-target.ts";

/** What was written down for a session, by resource type. */
export interface Tally {
  slug: string;
  created: number;
  updated: number;
  removed: number;
  /** How many of the changes, stubs included, a ref makes and no page. */
  referred: number;
}

export async function tallyChanges(database: Kysely<Tables>, { session }: FoldTarget): Promise<Tally[]> {
  const { rows } = await sql<Tally>`
    select slug,
      count(*) filter (where change = 'created')::int as created,
      count(*) filter (where change = 'updated')::int as updated,
      count(*) filter (where change = 'removed')::int as removed,
      count(after)::int as referred
    from record_changes where session_id = ${session.id} group by slug order by slug
  `.execute(database);
  return rows;
}

/** The sum of one figure over all types. */
export function total(tallies: readonly Tally[], figure: Exclude<keyof Tally, "slug">): number {
  return tallies.reduce((sum, tally) => sum + tally[figure], 0);
}

/** What the fold did, exactly, for every type that it pushed or changed. */
export function toCounts(tallies: readonly Tally[], synced: readonly SyncedCount[]): FoldCount[] {
  const slugs = new Set([...synced, ...tallies].map(({ slug }) => slug));
  return [...slugs].sort().map((slug) => {
    const tally = tallies.find((row) => row.slug === slug);
    return {
      slug,
      synced_count: synced.find((row) => row.slug === slug)?.synced_count ?? 0,
      created: tally?.created ?? 0,
      updated: tally?.updated ?? 0,
      removed: tally?.removed ?? 0,
    };
  });
}
