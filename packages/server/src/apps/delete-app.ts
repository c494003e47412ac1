import type { Kysely } from "kysely";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import { orderDeletion } from "../deletion/order-deletion.ts";
import type { Handler } from "../http/operation.ts";
import { findApp } from "./find-app.ts";
import { lockApp } from "./lock-app.ts";

export function createDeleteApp({ database, deletions, now }: BridgeContext): Handler<"deleteApp"> {
  return async ({ key, path }) => {
    const app = await findApp(database, key, path.app_id);
    await database.transaction().execute(async (transaction) => {
      await lockApp(transaction, app.id);
      await deleteApp(transaction, app.id, now());
    });
    deletions.wake();
    const { name, removal_guard } = app;
    return { status: 204, details: { before: { name, removal_guard }, after: null } };
  };
}

/**
 * Deletes an app that is locked: nothing finds it any more, and nothing is staged, applied or claimed in it. A fold that
 * is under way finds at its end that there is no app. The rest of its rows goes in the background.
 */
async function deleteApp(transaction: Kysely<Tables>, appId: string, now: Date): Promise<void> {
  // Waits for pages that are being staged; a later one finds its session ended.
  await transaction
    .updateTable("sync_sessions")
    .set({ status: "abandoned", fold: "dropped", ended_at: now })
    .where("app_id", "=", appId)
    .where("status", "=", "in_progress")
    .execute();
  await transaction.deleteFrom("apps").where("id", "=", appId).execute();
  await orderDeletion(transaction, "app", [appId]);
}
