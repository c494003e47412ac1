import type { Kysely } from "kysely";
import type { components } from "@bridgekit/client";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import type { Handlers } from "../http/operation.ts";
import { readBudget } from "./spend.ts";

type Budget = components["schemas"]["Budget"];

/** How much syncs and tasks may take away in an hour before an administrator must agree. */
export function createBudgetHandlers({ database, now }: BridgeContext): Pick<Handlers, "getBudget" | "setBudget"> {
  return {
    async getBudget({ key }) {
      return { status: 200, body: await read(database, key.orgId, now()) };
    },

    async setBudget({ key, body: { removals_per_hour, revocations_per_hour } }) {
      const limits = { removals_per_hour, revocations_per_hour };
      return database.transaction().execute(async (transaction) => {
        const before = await transaction
          .selectFrom("orgs")
          .select(["removals_per_hour", "revocations_per_hour"])
          .where("id", "=", key.orgId)
          .forUpdate()
          .executeTakeFirstOrThrow();
        await transaction.updateTable("orgs").set(limits).where("id", "=", key.orgId).execute();
        const body = await read(transaction, key.orgId, now());
        return { status: 200, body, details: { before, after: limits } } as const;
      });
    },
  };
}

async function read(database: Kysely<Tables>, orgId: string, now: Date): Promise<Budget> {
  const removals = await readBudget(database, { orgId, kind: "removals", now });
  const revocations = await readBudget(database, { orgId, kind: "revocations", now });
  return {
    removals_per_hour: removals.limit,
    removals_used: removals.used,
    revocations_per_hour: revocations.limit,
    revocations_used: revocations.used,
  };
}
