import type { Kysely } from "kysely";
import { findApp } from "../apps/find-app.ts";
import { resourceTypesOf } from "../apps/resource-types.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { problem } from "../http/http-error.ts";
import type { Handlers } from "../http/operation.ts";
import { linkTo } from "../http/page-links.ts";
import { readSyncSession, readSyncSessions, toSyncSession } from "./read-sync-session.ts";

export function createReadHandlers({ database }: BridgeContext): Pick<Handlers, "getSync" | "listSyncs"> {
  return {
    async getSync({ key, path }) {
      const app = await findApp(database, key, path.app_id);
      const place = { syncId: path.sync_id, appId: app.id, cloneGroupId: app.clone_group_id };
      const session = await readSyncSession(database, place);
      return { status: 200, body: { ...session, receipt: await readReceipt(database, place) } };
    },

    async listSyncs({ key, path, query: { limit = 50, cursor }, url }) {
      const app = await findApp(database, key, path.app_id);
      const [before] = decodeCursor(cursor, 1) ?? [];
      if (before !== undefined && !/^\d{1,15}$/.test(before))
        return problem(400, "cursor: does not belong to this list");
      const rows = await readSyncSessions(database, { appId: app.id, before, limit: limit + 1 });
      const types = await resourceTypesOf(database, app.clone_group_id);
      const { page, cursor: nextCursor } = toPage(rows, limit, ({ sequence }) => [String(sequence)]);
      const next = nextCursor === undefined ? null : linkTo(url, { limit, cursor: nextCursor });
      return { status: 200, body: { sessions: page.map((session) => toSyncSession(session, types)), next } };
    },
  };
}

async function readReceipt(database: Kysely<Tables>, { syncId, appId }: { syncId: string; appId: string }) {
  const session = await database
    .selectFrom("sync_sessions")
    .select("receipt")
    .where("id", "=", syncId)
    .where("app_id", "=", appId)
    .executeTakeFirst();
  return session?.receipt ?? null;
}
