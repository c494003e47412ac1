import { type Kysely, sql } from "kysely";
import type { Loss } from "@bridgekit/client";
import { toArrayLiteral } from "../../database/array-literal.ts";
import type { Tables } from "../../database/schema.ts";
import type { ReconciliationTarget } from "./reconciliation-target.ts";
import { accountSlugsOf, kindsOf, type RefCount } from "./count-refs.ts";
import type { RemovalGuard } from "./removal-guard.ts";
import { type Tally, total } from "./tally.ts";

/**
 * Returns what the session takes away: records that it removes, and refs of accounts that stay. The refs of a removed
 * account count with the account. Only a completed session is judged.
 */
export async function findLosses(
  database: Kysely<Tables>,
  target: ReconciliationTarget,
  { tallies, refs, guard }: { tallies: readonly Tally[]; refs: readonly RefCount[]; guard: RemovalGuard },
): Promise<Loss[]> {
  const { session } = target;
  const losesRefs = refs.some(({ lost }) => lost > 0);
  if (session.status !== "completing" || (!losesRefs && total(tallies, "removed") === 0)) return [];
  const kinds = await kindsOf(database, session.app_id);
  const losses: Loss[] = [];
  for (const { slug, removed: lost } of tallies) {
    if (lost === 0 || lost < guard.min_count) continue;
    const live = await countActive(database, { appId: session.app_id, slug, limit: enough(lost, guard) });
    losses.push({ slug, kind: kinds.get(slug) ?? "account", of: "records", live, lost });
  }
  const accountSlugs = accountSlugsOf(kinds);
  for (const { slug, kind, lost } of refs) {
    if (lost === 0 || lost < guard.min_count) continue;
    const live = await countRefs(database, { appId: session.app_id, slug, accountSlugs, limit: enough(lost, guard) });
    losses.push({ slug, kind, of: "refs", live, lost });
  }
  return losses;
}

/** With this many live ones the guard passes the loss, so counting may stop there; `null` if it never does. */
function enough(lost: number, { max_share: share }: RemovalGuard): number | null {
  return share > 0 ? Math.floor(lost / share) + 1 : null;
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
