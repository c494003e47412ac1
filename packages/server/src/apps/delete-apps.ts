import { type Kysely, sql } from "kysely";
import { toArrayLiteral } from "../database/array-literal.ts";
import type { Tables } from "../database/schema.ts";
import { orderDeletion } from "../deletion/order-deletion.ts";

interface AppOfGroup {
  id: string;
  clone_group_id: string;
}

/**
 * Deletes locked apps, with every other app of their groups locked too: from now on nothing finds them, and nothing is
 * staged, applied or claimed in them. A running reconciliation finds at its end that the app is gone. The types of a
 * group are deleted with its last app, all other rows in the background.
 */
export async function deleteApps(transaction: Kysely<Tables>, apps: readonly AppOfGroup[], now: Date): Promise<void> {
  if (apps.length === 0) return;
  const ids = sql`any(${toArrayLiteral(apps.map(({ id }) => id))}::uuid[])`;
  const groups = toArrayLiteral(apps.map((app) => app.clone_group_id));
  // Waits for pages that are being staged; a later page finds its session ended.
  await transaction
    .updateTable("sync_sessions")
    .set({ status: "abandoned", reconciliation: "dropped", ended_at: now })
    .where(sql<boolean>`app_id = ${ids}`)
    .where("status", "=", "in_progress")
    .execute();
  await transaction
    .deleteFrom("apps")
    .where(sql<boolean>`id = ${ids}`)
    .execute();
  await sql`
    delete from resource_types type where type.clone_group_id = any(${groups}::uuid[])
      and not exists (select from apps where apps.clone_group_id = type.clone_group_id)
  `.execute(transaction);
  await orderDeletion(
    transaction,
    "app",
    apps.map(({ id }) => id),
  );
}
