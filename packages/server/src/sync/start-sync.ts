import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { BridgeContext } from "../bridge-context.ts";
import { findApp } from "../apps/find-app.ts";
import { lockApp } from "../apps/lock-app.ts";
import type { Tables } from "../database/schema.ts";
import { orderDeletion } from "../deletion/order-deletion.ts";
import { announcedExtensions } from "../http/extensions.ts";
import { problem } from "../http/http-error.ts";
import type { Handler } from "../http/operation.ts";
import { publishEnd } from "./publish-end.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export function createStartSync({
  database,
  deletions,
  events,
  now,
  sessionDays,
}: BridgeContext): Handler<"startSync"> {
  return async ({ key, path, headers, remember }) => {
    const app = await findApp(database, key, path.app_id);
    const started = await database.transaction().execute(async (transaction) => {
      // Of two simultaneous starts the later one sees and replaces the earlier one's session.
      await lockApp(transaction, app.id);
      const generation = headers?.["X-Bridge-Generation"];
      if (generation !== undefined) {
        const newer = await keepGeneration(transaction, app.id, generation);
        if (newer !== undefined) return problem(409, describeNewer(generation, newer));
      }
      const replaced = await replace(transaction, app.id, now());
      const syncId = await start(transaction, { appId: app.id, keyId: key.id, now: now(), days: sessionDays });
      for (const session of replaced)
        await publishEnd(transaction, events, { orgId: key.orgId, session, status: "abandoned" });
      const event = { type: "sync.started", app_id: app.id, sync_id: syncId, status: "in_progress" } as const;
      await events.publish(transaction, key.orgId, event);
      const details = { before: null, after: { sync_id: syncId, replaced: replaced.map(({ id }) => id) } };
      const response = { status: 201, headers: announcedExtensions, body: { sync_id: syncId }, details } as const;
      await remember(transaction, response);
      return response;
    });
    deletions.wake();
    return started;
  };
}

/**
 * Keeps the generation if it is the newest of the app, which must be locked. Returns a newer one that was kept before;
 * undefined if there is none.
 */
async function keepGeneration(
  transaction: Kysely<Tables>,
  appId: string,
  generation: number,
): Promise<number | undefined> {
  const newest = await transaction
    .selectFrom("apps")
    .select("generation")
    .where("id", "=", appId)
    .executeTakeFirstOrThrow();
  if (newest.generation !== null && newest.generation > generation) return newest.generation;
  if (newest.generation !== generation)
    await transaction.updateTable("apps").set({ generation }).where("id", "=", appId).execute();
  return undefined;
}

function describeNewer(generation: number, newer: number): string {
  return (
    `A newer run of this app has started: its generation is ${newer}, and that of this start is ${generation}. Stop the ` +
    `older run. If there is no newer one, start with a generation of at least ${newer}.`
  );
}

/** Drops the open, held and failed sessions of the app. A completing session stays: its reconciliation runs first. */
async function replace(
  transaction: Kysely<Tables>,
  appId: string,
  now: Date,
): Promise<{ id: string; app_id: string }[]> {
  const replaced = await transaction
    .updateTable("sync_sessions")
    .set((row) => ({
      status: "abandoned",
      reconciliation: "dropped",
      ended_at: row.fn.coalesce("ended_at", row.val(now)),
    }))
    .where("app_id", "=", appId)
    .where(sql<boolean>`(reconciliation is null or reconciliation = 'held')`)
    .returning(["id", "app_id"])
    .execute();
  // A failed session keeps its error, which is history, and loses its pages.
  const failed = await transaction
    .updateTable("sync_sessions")
    .set({ reconciliation: "dropped" })
    .where("app_id", "=", appId)
    .where(sql<boolean>`reconciliation = 'failed'`)
    .returning("id")
    .execute();
  await orderDeletion(
    transaction,
    "dropped_session",
    [...replaced, ...failed].map(({ id }) => id),
  );
  return replaced;
}

async function start(
  transaction: Kysely<Tables>,
  { appId, keyId, now, days }: { appId: string; keyId: string; now: Date; days: number | null },
): Promise<string> {
  const syncId = randomUUID();
  const expiresAt = days === null ? null : new Date(now.getTime() + days * DAY_MS);
  await sql`
    insert into sync_sessions (id, app_id, status, base_version, started_at, started_by, expires_at)
    select ${syncId}, id, 'in_progress', live_version, ${now}, ${keyId}, ${expiresAt}::timestamptz
    from apps where id = ${appId}
  `.execute(transaction);
  return syncId;
}
