import { type Kysely, type RawBuilder, sql } from "kysely";
import type { components, Loss } from "@bridgekit/client";
import { toArrayLiteral } from "../../database/array-literal.ts";
import type { Tables } from "../../database/schema.ts";
import type { ReconciliationTarget } from "./reconciliation-target.ts";
import { continuedParts, pushedRecords, updatedPlaces } from "./pushed-records.ts";
import type { RemovalGuard } from "./removal-guard.ts";
import { type Tally, total } from "./tally.ts";

type Kind = components["schemas"]["Kind"];

/**
 * Returns what the session takes away: records that it removes, and refs of accounts that stay. The refs of a removed
 * account count with the account. Only a completed session is judged.
 */
export async function findLosses(
  database: Kysely<Tables>,
  target: ReconciliationTarget,
  { tallies, guard }: { tallies: readonly Tally[]; guard: RemovalGuard },
): Promise<Loss[]> {
  const { session } = target;
  const hasUpdates = total(tallies, "updated") > 0;
  if (session.status !== "completing" || (!hasUpdates && total(tallies, "removed") === 0)) return [];
  const kinds = await kindsOf(database, session.app_id);
  const losses: Loss[] = [];
  for (const { slug, removed: lost } of tallies) {
    if (lost === 0 || lost < guard.min_count) continue;
    const live = await countActive(database, { appId: session.app_id, slug, limit: enough(lost, guard) });
    losses.push({ slug, kind: kinds.get(slug) ?? "account", of: "records", live, lost });
  }
  if (!hasUpdates) return losses;
  const accountSlugs = [...kinds].flatMap(([slug, kind]) => (kind === "account" ? [slug] : []));
  for (const { slug, kind, lost } of await findLostRefs(database, target, accountSlugs)) {
    if (lost < guard.min_count) continue;
    const live = await countRefs(database, { appId: session.app_id, slug, accountSlugs, limit: enough(lost, guard) });
    losses.push({ slug, kind, of: "refs", live, lost });
  }
  return losses;
}

/** With this many live ones the guard passes the loss, so counting may stop there; `null` if it never does. */
function enough(lost: number, { max_share: share }: RemovalGuard): number | null {
  return share > 0 ? Math.floor(lost / share) + 1 : null;
}

async function kindsOf(database: Kysely<Tables>, appId: string): Promise<Map<string, Kind>> {
  const types = await database
    .selectFrom("resource_types as type")
    .innerJoin("apps as app", "app.clone_group_id", "type.clone_group_id")
    .select(["type.slug", "type.type"])
    .where("app.id", "=", appId)
    .execute();
  return new Map(types.map(({ slug, type }) => [slug, type]));
}

/** The number of active records of a type, counted up to the limit if there is one. */
async function countActive(
  database: Kysely<Tables>,
  { appId, slug, limit }: { appId: string; slug: string; limit: number | null },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from records where app_id = ${appId} and slug = ${slug} and removed_at is null limit ${limit}
    ) active
  `.execute(database);
  return rows[0]?.count ?? 0;
}

interface LostRefs {
  slug: string;
  kind: Kind;
  lost: number;
}

/**
 * The refs, by slug, that changed accounts had and the session neither pushes again nor declares unknown. Reads only
 * what changed, and takes refs apart only if they did.
 */
async function findLostRefs(
  database: Kysely<Tables>,
  { session }: ReconciliationTarget,
  accountSlugs: string[],
): Promise<LostRefs[]> {
  const stayed = updatedPlaces(session.id, sql`before_removed_at is null`);
  const { rows } = await sql<LostRefs>`
    with ${lostRefs(session.id, accountSlugs, stayed)}
    select target as slug, kind, count(*)::int as lost from lost group by target, kind order by target
  `.execute(database);
  return rows;
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
      select slug, id, data from (${continuedParts(sessionId)}) part
    ), had as (
      ${refsOf("account", "before")} where unknown_refs is null or not target.key = any(unknown_refs)
    ), lost as (
      select * from had except ${refsOf("current", "data")}
    )`;
}

/** The number of live refs of a slug, counted up to the limit if there is one. */
async function countRefs(
  database: Kysely<Tables>,
  { appId, slug, accountSlugs, limit }: { appId: string; slug: string; accountSlugs: string[]; limit: number | null },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select 1 from records account
      cross join lateral (
        select distinct ref ->> 'id' from jsonb_array_elements(
          coalesce(account.data -> 'memberships' -> ${slug}::text, '[]')
          || coalesce(account.data -> 'assignments' -> ${slug}::text, '[]')
        ) ref
      ) ref
      where account.app_id = ${appId} and account.slug = any(${toArrayLiteral(accountSlugs)}::text[])
        and account.removed_at is null
      limit ${limit}
    ) ref
  `.execute(database);
  return rows[0]?.count ?? 0;
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
