import { findApp } from "../apps/find-app.ts";
import { resourceTypesOf } from "../apps/resource-types.ts";
import type { BridgeContext } from "../bridge-context.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { problem } from "../http/http-error.ts";
import type { Handler } from "../http/operation.ts";
import { linkTo } from "../http/page-links.ts";
import { readSyncSessions, toSyncSession } from "./read-sync-session.ts";

export function createListSyncs({ database }: BridgeContext): Handler<"listSyncs"> {
  return async ({ key, path, query: { limit = 50, cursor }, url }) => {
    const app = await findApp(database, key, path.app_id);
    const [before] = decodeCursor(cursor, 1) ?? [];
    if (before !== undefined && !/^\d{1,15}$/.test(before)) return problem(400, "cursor: is none of this list");
    const rows = await readSyncSessions(database, { appId: app.id, before, limit: limit + 1 });
    const types = await resourceTypesOf(database, app.clone_group_id);
    const { page, cursor: nextCursor } = toPage(rows, limit, ({ sequence }) => [String(sequence)]);
    const next = nextCursor === undefined ? null : linkTo(url, { limit, cursor: nextCursor });
    return { status: 200, body: { sessions: page.map((session) => toSyncSession(session, types)), next } };
  };
}
