import { findApp } from "../../apps/find-app.ts";
import { resourceTypesOf } from "../../apps/resource-types.ts";
import type { BridgeContext } from "../../bridge-context.ts";
import { decodeCursor, encodeCursor, toPage } from "../../http/cursor.ts";
import { problem } from "../../http/http-error.ts";
import type { Handler } from "../../http/operation.ts";
import { linkTo } from "../../http/page-links.ts";
import { findSession } from "../find-session.ts";
import { nameRefs } from "./name-refs.ts";
import { toChange } from "./read-changes.ts";
import { searchChanges } from "./search-changes.ts";

export function createListChanges({ database }: BridgeContext): Handler<"listChanges"> {
  return async ({ key, path, query: { change, slug, text, limit = 50, cursor }, url }) => {
    const app = await findApp(database, key, path.app_id);
    const session = await findSession(database, app.id, path.sync_id);
    if (session.reconciliation === null || session.reconciliation === "due")
      return problem(
        409,
        `The session is ${session.reconciliation === null ? "in progress" : "being reconciled"}; ask again later.`,
      );
    // Its changes are being deleted in the background.
    if (session.reconciliation === "dropped") return { status: 200, body: { changes: [], next: null } };
    const types = await resourceTypesOf(database, app.clone_group_id);
    const kinds = new Map(types.map(({ slug, type }) => [slug, type]));
    const findChanges = await searchChanges(database, [session], { text, slug });
    const filter = { change, slug, after: decodeCursor(cursor, 2), limit: limit + 1 };
    const { rows, lookedTo } = await findChanges(session, filter);
    const { page, cursor: nextCursor = lookedTo && encodeCursor(lookedTo) } = toPage(rows, limit, (row) => [
      row.slug,
      row.id,
    ]);
    const next = nextCursor === undefined ? null : linkTo(url, { limit, cursor: nextCursor });
    const changes = page.map((row) => {
      const kind = kinds.get(row.slug);
      return { change: toChange(row, kind), appId: app.id, kind };
    });
    return { status: 200, body: { changes: await nameRefs(database, changes), next } };
  };
}
