import type { Kysely } from "kysely";
import { IS_SEEN } from "../apps/register-apps.ts";
import type { Tables } from "../database/tables.ts";

/**
 * Gives an app of the fleet the state of another that feeds the same app on the Bridge, as its key was changed in the config.
 * Two that are both in use would push over each other, and carry out the same tasks.
 *
 * @throws Error while a worker still has the other.
 */
export async function takeOver(transaction: Kysely<Tables>, app: string, bridgeAppId: string): Promise<void> {
  const other = await transaction
    .selectFrom("apps")
    .select(["id", "key", "paused_at", IS_SEEN.as("is_seen")])
    .where("org", "=", (rows) => rows.selectFrom("apps").select("org").where("id", "=", app))
    .where("bridge_app_id", "=", bridgeAppId)
    .where("id", "<>", app)
    .forUpdate()
    .executeTakeFirst();
  if (!other) return;
  const running = transaction.selectFrom("runs").select("app").where("app", "=", other.id);
  if (other.is_seen || (await running.where("ended_at", "is", null).executeTakeFirst()))
    throw new Error(
      `"${other.key}" of the fleet feeds the same app on the Bridge. If its key was changed, this one goes on once no worker ` +
        `has had "${other.key}" in its config for ten minutes.`,
    );
  for (const table of ["journals", "journal_entries", "receipts", "receipt_hashes"] as const) {
    await transaction.deleteFrom(table).where("app", "=", app).execute();
    await transaction.updateTable(table).set({ app }).where("app", "=", other.id).execute();
  }
  await transaction.updateTable("apps").set({ paused_at: other.paused_at }).where("id", "=", app).execute();
  await transaction.deleteFrom("runs").where("app", "=", other.id).execute();
  await transaction.deleteFrom("apps").where("id", "=", other.id).execute();
}
