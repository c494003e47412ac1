import { type Kysely, type RawBuilder, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { toArrayLiteral } from "../../database/array-literal.ts";
import type { ReconciliationCount } from "../../database/tables/apps.ts";
import type { Tables } from "../../database/schema.ts";
import { continuedParts, pushedRecords, updatedPlaces } from "./pushed-records.ts";
import type { ReconciliationTarget } from "./reconciliation-target.ts";
import { type Tally, total } from "./tally.ts";

type Kind = components["schemas"]["Kind"];

/** The refs to records of a group or license type that accounts gain and lose which stay. */
export interface RefCount {
  slug: string;
  kind: Kind;
  gained: number;
  lost: number;
}

/**
 * Counts the refs that changed accounts had and the session neither pushes again nor declares unknown, and those that it
 * pushes and they did not have. Reads only what changed, and takes refs apart only if they did.
 */
export async function countRefs(
  database: Kysely<Tables>,
  { session }: ReconciliationTarget,
  tallies: readonly Tally[],
): Promise<RefCount[]> {
  if (total(tallies, "updated") === 0) return [];
  const accountSlugs = accountSlugsOf(await kindsOf(database, session.app_id));
  const stayed = updatedPlaces(session.id, sql`before_removed_at is null`);
  const { rows } = await sql<RefCount>`
    with ${lostRefs(session.id, accountSlugs, stayed)}, gained as (
      ${refsOf("current", "data")} except ${refsOf("account", "before")}
    )
    select target as slug, kind, count(*) filter (where is_gained)::int as gained,
      count(*) filter (where not is_gained)::int as lost
    from (
      select target, kind, true as is_gained from gained union all select target, kind, false from lost
    ) ref
    group by target, kind order by target
  `.execute(database);
  return rows;
}

/** The exact counts of the reconciliation. */
export function toCounts(tallies: readonly Tally[], refs: readonly RefCount[]): ReconciliationCount[] {
  const slugs = new Set([...tallies, ...refs].map(({ slug }) => slug));
  return [...slugs].sort().map((slug) => {
    const tally = tallies.find((each) => each.slug === slug);
    const { synced_count = 0, created = 0, updated = 0, removed = 0 } = tally ?? {};
    const { gained = 0, lost = 0 } = refs.find((each) => each.slug === slug) ?? {};
    return { slug, synced_count, created, updated, removed, refs_gained: gained, refs_lost: lost };
  });
}

export async function kindsOf(database: Kysely<Tables>, appId: string): Promise<Map<string, Kind>> {
  const types = await database
    .selectFrom("resource_types as type")
    .innerJoin("apps as app", "app.clone_group_id", "type.clone_group_id")
    .select(["type.slug", "type.type"])
    .where("app.id", "=", appId)
    .execute();
  return new Map(types.map(({ slug, type }) => [slug, type]));
}

export function accountSlugsOf(kinds: ReadonlyMap<string, Kind>): string[] {
  return [...kinds].flatMap(([slug, kind]) => (kind === "account" ? [slug] : []));
}

/** Parts of a statement that list each lost ref in `lost`: its account, its kind and its target. */
export function lostRefs(sessionId: string, accountSlugs: string[], places: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    account as materialized (
      select change.slug, change.id, change.before, pushed.data, change.unknown_refs
      from (${pushedRecords(sessionId, places)}) pushed
      join record_changes change
        on change.session_id = ${sessionId} and change.slug = pushed.slug and change.id = pushed.id
      where change.slug = any(${toArrayLiteral(accountSlugs)}::text[]) and (
        change.digest is not null
        or change.before -> 'memberships' is distinct from pushed.data -> 'memberships'
        or change.before -> 'assignments' is distinct from pushed.data -> 'assignments'
      )
    ), current as (
      select slug, id, data from account
      union all
      -- An account that the session creates may be pushed in parts too.
      select part.slug, part.id, part.data from (${continuedParts(sessionId)}) part
      join account on account.slug = part.slug and account.id = part.id
    ), had as (
      ${refsOf("account", "before")} where unknown_refs is null or not target.key = any(unknown_refs)
    ), lost as (
      select * from had except ${refsOf("current", "data")}
    )`;
}

/** The refs of the accounts of a query, in one of its columns. */
function refsOf(query: "account" | "current", column: "before" | "data") {
  return sql`
    select slug, id, field.kind, target.key as target, ref ->> 'id' as ref_id
    from ${sql.raw(query)}
    cross join (values ('memberships', 'group'), ('assignments', 'license')) field (name, kind)
    cross join lateral jsonb_each(coalesce(${sql.ref(column)} -> field.name, '{}')) target
    cross join lateral jsonb_array_elements(target.value) ref
  `;
}
