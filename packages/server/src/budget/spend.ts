import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/schema.ts";

/** `removals`: records that syncs remove. `revocations`: tasks that suspend, delete or take access away. */
type BudgetKind = "removals" | "revocations";

interface Budget {
  /** Most in an hour; `null` if there is no limit. */
  limit: number | null;
  /** Of the last hour. */
  used: number;
}

interface Spending {
  orgId: string;
  kind: BudgetKind;
  count: number;
  now: Date;
}

const MINUTE_MS = 60_000;
/** What was used late in a minute counts for a whole hour, and what was used early for up to a minute longer. */
const WINDOW_MS = 61 * MINUTE_MS;
/** Kept for longer than it counts: a server whose clock is ahead must not delete what the others have used. */
const KEPT_MS = 86_400_000;

/** What the organisation allows in an hour, and has used of it. */
export async function readBudget(
  database: Kysely<Tables>,
  { orgId, kind, now }: Omit<Spending, "count">,
): Promise<Budget> {
  const org = await database
    .selectFrom("orgs")
    .select(["removals_per_hour", "revocations_per_hour"])
    .where("id", "=", orgId)
    .executeTakeFirst();
  const limit = org?.[`${kind}_per_hour`] ?? null;
  const spent = await database
    .selectFrom("budget_uses")
    .select(sql<number>`coalesce(sum(count), 0)::int`.as("count"))
    .where("org_id", "=", orgId)
    .where("kind", "=", kind)
    .where("minute", ">", new Date(now.getTime() - WINDOW_MS))
    // A clock that was wrong must not use up the budget of the future.
    .where("minute", "<=", now)
    .executeTakeFirstOrThrow();
  return { limit, used: spent.count };
}

/**
 * Takes from the budget of the hour as much of `count` as it has; with `isWhole` all of it or nothing. Returns how much.
 * Locks the organisation, so that what is counted is committed: lock an app before, never after.
 */
export async function spend(
  transaction: Kysely<Tables>,
  { isWhole = false, ...spending }: Spending & { isWhole?: boolean },
): Promise<number> {
  const { orgId, kind, count } = spending;
  if (count === 0) return 0;
  const org = await transaction
    .selectFrom("orgs")
    .select(`${kind}_per_hour as limit`)
    .where("id", "=", orgId)
    .executeTakeFirst();
  // Most organisations have none, and are not locked for it.
  if (org === undefined || org.limit === null) return count;
  await transaction.selectFrom("orgs").select("id").where("id", "=", orgId).forUpdate().execute();
  const { limit, used } = await readBudget(transaction, spending);
  const left = limit === null ? count : Math.max(0, limit - used);
  const granted = left >= count ? count : isWhole ? 0 : left;
  if (granted > 0) await note(transaction, { ...spending, count: granted });
  return granted;
}

async function note(transaction: Kysely<Tables>, { orgId, kind, count, now }: Spending): Promise<void> {
  const minute = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS);
  await transaction
    .deleteFrom("budget_uses")
    .where("org_id", "=", orgId)
    .where("minute", "<", new Date(now.getTime() - KEPT_MS))
    .execute();
  await transaction
    .insertInto("budget_uses")
    .values({ org_id: orgId, kind, minute, count })
    .onConflict((conflict) =>
      conflict.columns(["org_id", "kind", "minute"]).doUpdateSet({ count: sql`budget_uses.count + excluded.count` }),
    )
    .execute();
}
