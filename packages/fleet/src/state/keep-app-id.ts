import { type Kysely, sql } from "kysely";
import type { RunKind, Tables } from "../database/tables.ts";
import { takeOver } from "./take-over.ts";
import { type FencedRun, inTransaction, toStale } from "./fence.ts";

interface FedApp {
  bridge_app_id: string | null;
  deleted_at: Date | null;
}

/**
 * Keeps which app on the Bridge a run feeds. State of another app does not apply to it: with a cursor of the one before, only
 * changes would be pushed to an app that has nothing yet.
 *
 * @throws StaleGenerationError after a newer run of the kind has begun.
 * @throws Error if another app of the fleet feeds it.
 */
export async function keepAppId(
  database: Kysely<Tables>,
  kind: RunKind,
  run: FencedRun,
  { appId, fed }: { appId: string; fed: FedApp },
): Promise<void> {
  if (fed.bridge_app_id === appId && fed.deleted_at === null) return;
  await changeRow(database, kind, run, async (transaction) => {
    if (fed.bridge_app_id !== null && fed.bridge_app_id !== appId) await forgetState(transaction, [run.app]);
    await takeOver(transaction, run.app, appId);
    await transaction
      .updateTable("apps")
      .set({ bridge_app_id: appId, deleted_at: null })
      .where("id", "=", run.app)
      .execute();
  });
}

/**
 * Keeps that the Bridge no longer has the app with this id, unless somebody has said meanwhile that it is to be created again.
 *
 * @throws StaleGenerationError after a newer run of the kind has begun.
 */
export function keepDeletion(
  database: Kysely<Tables>,
  kind: RunKind,
  run: FencedRun,
  appId: string | null,
): Promise<void> {
  return changeRow(database, kind, run, async (transaction) => {
    await transaction
      .updateTable("apps")
      .set({ deleted_at: sql`coalesce(deleted_at, now())` })
      .where("id", "=", run.app)
      .where("bridge_app_id", "=", appId)
      .execute();
  });
}

/** Deletes journals and receipts, which belong to an app on the Bridge that is not fed any more. */
export async function forgetState(transaction: Kysely<Tables>, apps: readonly string[]): Promise<void> {
  for (const table of ["receipts", "receipt_hashes", "journal_entries"] as const)
    await transaction.deleteFrom(table).where("app", "in", apps).execute();
}

async function changeRow(
  database: Kysely<Tables>,
  kind: RunKind,
  run: FencedRun,
  change: (transaction: Kysely<Tables>) => Promise<void>,
): Promise<void> {
  await inTransaction(database, async (transaction) => {
    const generation = kind === "sync" ? "sync_generation" : "tasks_generation";
    const row = await transaction
      .selectFrom("apps")
      .select("id")
      .where("id", "=", run.app)
      .where(generation, "=", run.generation)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw toStale("The id on the Bridge", run);
    await change(transaction);
  });
}
