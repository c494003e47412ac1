import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/schema.ts";
import { deleteParts, ROWS_PER_STEP, type Rows, type StepResult } from "./delete-some.ts";

/** Deletes some of the rows of a deleted organisation outside its apps, which are separate deletions. */
export async function deleteOrgRows(transaction: Kysely<Tables>, orgId: string): Promise<StepResult> {
  const scope = sql<boolean>`org_id = ${orgId}`;
  const parts: Rows[] = [
    { table: "fleets", scope, key: ["id"] },
    { table: "budget_uses", scope, key: ["kind", "minute"] },
    { table: "events", scope, key: ["sequence"] },
    { table: "audit_entries", scope, key: ["at", "id"] },
    { table: "erasures", scope, key: ["at", "id"] },
    { table: "browser_sessions", scope, key: ["seen_at", "hash"] },
    { table: "users", scope, key: ["created_at", "id"] },
    { table: "sign_in_tokens", scope, key: ["hash"] },
  ];
  const left = await deleteParts(transaction, parts, ROWS_PER_STEP);
  return left > 0 && (await deleteKeys(transaction, orgId, left)) > 0 ? "done" : "more";
}

/** The stored responses of a key are found by it, so it goes after them. */
async function deleteKeys(transaction: Kysely<Tables>, orgId: string, budget: number): Promise<number> {
  const keys = await transaction
    .selectFrom("api_keys")
    .select("id")
    .where("org_id", "=", orgId)
    .limit(budget)
    .forUpdate()
    .execute();
  let left = budget;
  for (const { id } of keys) {
    const responses: Rows = {
      table: "idempotent_responses",
      scope: sql`key_id = ${id}`,
      key: ["operation", "idempotency_digest"],
    };
    left = await deleteParts(transaction, [responses], left);
    if (left === 0) return 0;
    await transaction.deleteFrom("api_keys").where("id", "=", id).execute();
    left--;
  }
  return left;
}
