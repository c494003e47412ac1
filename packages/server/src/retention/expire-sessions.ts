import { type Kysely, sql } from "kysely";
import type { Logger } from "pino";
import { lockApp } from "../apps/lock-app.ts";
import { insertEntry } from "../audit/insert-entry.ts";
import type { Tables } from "../database/schema.ts";
import { orderDeletion } from "../deletion/order-deletion.ts";
import type { EventLog } from "../events/event-log.ts";
import { publishEnd } from "../sync/publish-end.ts";

const SESSIONS_PER_LOOK = 100;
/** How long before its expiry a held session is announced to those who decide about it. */
const WARNING_MS = 7 * 24 * 60 * 60 * 1000;

interface ExpiryOptions {
  events: EventLog;
  now: Date;
  logger: Logger;
}

interface Expiring {
  id: string;
  app_id: string;
  org_id: string;
  reconciliation: "held" | null;
  expires_at: Date;
}

/**
 * Ends the sessions that have been open or held for too long: their client died, or nobody decided. Nothing of them is
 * applied, so nobody is removed. Yields the number after each step.
 */
export async function* expireSessions(database: Kysely<Tables>, options: ExpiryOptions): AsyncGenerator<number> {
  const expired = sql<boolean>`session.expires_at <= ${options.now}`;
  for (let count = SESSIONS_PER_LOOK; count === SESSIONS_PER_LOOK;) {
    const sessions = await findExpiring(database, expired);
    for (const session of sessions) yield Number(await expire(database, session, options));
    count = sessions.length;
  }
}

/** Announces the expiry of held sessions, once each; yields the number after each step. */
export async function* warnOfExpiry(
  database: Kysely<Tables>,
  { events, now, logger }: ExpiryOptions,
): AsyncGenerator<number> {
  const near = new Date(now.getTime() + WARNING_MS);
  const isDue = sql<boolean>`session.expires_at <= ${near} and session.reconciliation = 'held' and not session.is_expiry_announced`;
  for (let count = SESSIONS_PER_LOOK; count === SESSIONS_PER_LOOK;) {
    const sessions = await findExpiring(database, isDue);
    for (const { id, app_id: appId, org_id: orgId, expires_at: expiresAt } of sessions) {
      const isReported = await database.transaction().execute(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable("sync_sessions")
          .set({ is_expiry_announced: true })
          .where("id", "=", id)
          .where("reconciliation", "=", "held")
          .where("is_expiry_announced", "=", false)
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) return false;
        const expires_at = expiresAt.toISOString();
        await events.publish(transaction, orgId, { type: "sync.expiring", app_id: appId, sync_id: id, expires_at });
        return true;
      });
      if (isReported)
        logger.warn(
          { appId, syncId: id, expiresAt },
          "a held session expires soon; confirm or discard it, or start a new one",
        );
      yield Number(isReported);
    }
    count = sessions.length;
  }
}

// A deleted app leaves its sessions for a while; they are deleted with it.
async function findExpiring(database: Kysely<Tables>, condition: ReturnType<typeof sql<boolean>>): Promise<Expiring[]> {
  const { rows } = await sql<Expiring>`
    select session.id, session.app_id, app.org_id, session.reconciliation, session.expires_at
    from sync_sessions session join apps app on app.id = session.app_id
    where (session.reconciliation is null or session.reconciliation = 'held') and session.expires_at is not null and ${condition}
    order by session.expires_at limit ${SESSIONS_PER_LOOK}
  `.execute(database);
  return rows;
}

/** Whether it was still there to expire. */
async function expire(
  database: Kysely<Tables>,
  { id, app_id: appId, org_id: orgId, reconciliation }: Expiring,
  { events, now, logger }: ExpiryOptions,
): Promise<boolean> {
  const state = reconciliation === null ? "open" : "held by the removal guard";
  const error = { error_code: "EXPIRED", message: `The session expired: it was ${state} for too long.` };
  const isExpired = await database.transaction().execute(async (transaction) => {
    await lockApp(transaction, appId);
    const { numUpdatedRows } = await transaction
      .updateTable("sync_sessions")
      .set({
        status: "abandoned",
        reconciliation: "dropped",
        ended_at: sql`coalesce(ended_at, ${now})`,
        reconciled_at: now,
        error: JSON.stringify(error),
      })
      .where("id", "=", id)
      .where(sql<boolean>`(reconciliation is null or reconciliation = 'held') and expires_at <= ${now}`)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return false;
    await orderDeletion(transaction, "dropped_session", [id]);
    await insertEntry(transaction, {
      org_id: orgId,
      at: now,
      key_id: null,
      key_name: null,
      operation: "expireSync",
      path: `/api/v1/bridge/apps/${appId}/sync/${id}/`,
      app_id: appId,
      status: 204,
      request_id: null,
      details: JSON.stringify({
        before: { status: reconciliation === null ? "in_progress" : "error" },
        after: { status: "abandoned", error_code: error.error_code },
      }),
    });
    const end = { orgId, session: { id, app_id: appId }, status: "abandoned", errorCode: error.error_code } as const;
    await publishEnd(transaction, events, end);
    return true;
  });
  if (isExpired) logger.warn({ appId, syncId: id, state }, "a session expired; nothing of it was applied");
  return isExpired;
}
