import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { BridgeContext } from "../bridge-context.ts";
import { findApp } from "../apps/find-app.ts";
import { lockApp } from "../apps/lock-app.ts";
import type { Tables } from "../database/schema.ts";
import type { Handler } from "../http/operation.ts";

export function createStartSync({ database, events, now }: BridgeContext): Handler<"startSync"> {
  return async ({ key, path }) => {
    await findApp(database, key, path.app_id);
    const syncId = await database.transaction().execute(async (transaction) => {
      const id = await start(transaction, path.app_id, now());
      const started = { type: "sync.started", app_id: path.app_id, sync_id: id, status: "in_progress" } as const;
      await events.publish(transaction, key.orgId, started);
      return id;
    });
    return { status: 201, body: { sync_id: syncId } };
  };
}

async function start(transaction: Kysely<Tables>, appId: string, now: Date): Promise<string> {
  // Of two starts at the same instant the later one sees, and replaces, what the other one started.
  await lockApp(transaction, appId);
  // A session that is completing stays: its fold runs before ours.
  const replaced = await transaction
    .updateTable("sync_sessions")
    .set((row) => ({ status: "abandoned", fold: "dropped", ended_at: row.fn.coalesce("ended_at", row.val(now)) }))
    .where("app_id", "=", appId)
    .where((row) => row.or([row("status", "=", "in_progress"), row("fold", "=", "held")]))
    .returning("id")
    .execute();
  if (replaced.length > 0) {
    await transaction
      .deleteFrom("sync_pages")
      .where(
        "session_id",
        "in",
        replaced.map(({ id }) => id),
      )
      .execute();
  }
  const syncId = randomUUID();
  await sql`
    insert into sync_sessions (id, app_id, status, base_version, started_at)
    select ${syncId}, id, 'in_progress', live_version, ${now} from apps where id = ${appId}
  `.execute(transaction);
  return syncId;
}
