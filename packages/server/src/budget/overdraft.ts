import type { Kysely } from "kysely";
import type { components } from "@bridgekit/client";
import type { Tables } from "../database/schema.ts";
import { readBudget } from "./spend.ts";

interface Overdraft {
  count: number;
  limit: number;
  used: number;
}

/** Whether a session would remove more records than the budget of the hour has left; undefined if it would not. */
export async function findOverdraft(
  database: Kysely<Tables>,
  removals: { orgId: string; kind: "removals"; count: number; now: Date },
): Promise<Overdraft | undefined> {
  const { count } = removals;
  if (count === 0) return undefined;
  const { limit, used } = await readBudget(database, removals);
  return limit !== null && used + count > limit ? { count, limit, used } : undefined;
}

/** Why the budget holds a session, and what to do about it. */
export function describeOverdraft(
  { count, limit, used }: Overdraft,
  isReplaced: boolean,
): components["schemas"]["SyncError"] {
  const advice = isReplaced
    ? "A newer session has started since, so this one was dropped."
    : "If they are really gone, confirm the session; if not, discard it or start a new one.";
  return {
    error_code: "REMOVALS_HELD",
    message:
      `Completing would make inactive ${count} ${count === 1 ? "record" : "records"}. The organisation allows ${limit} ` +
      `removals in an hour, of which ${used} are used. Nothing of the session was applied. ${advice}`,
  };
}
