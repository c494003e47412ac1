import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { findApp } from "../../apps/find-app.ts";
import type { ResourceType } from "../../apps/resource-types.ts";
import type { BridgeContext } from "../../bridge-context.ts";
import type { Tables } from "../../database/schema.ts";
import { decodeCursor, encodeCursor } from "../../http/cursor.ts";
import { HttpError } from "../../http/http-error.ts";
import type { Handler } from "../../http/operation.ts";
import { linkTo } from "../../http/page-links.ts";
import { isDateTime } from "../../http/schemas.ts";
import { type Session, SESSION_COLUMNS } from "../find-session.ts";
import { type ChangeFilter, readChanges, toChange } from "./read-changes.ts";
import { type FoundChanges, type FoundRecords, searchChanges } from "./search-changes.ts";

type RecentChange = components["schemas"]["RecentChange"];

/** Most sessions that a page looks at, however few of their changes match. */
const MOST_SESSIONS = 20;
const MOST_APPS = 5_000;

/** Where a page ended: in a session, and there after a change; without one at its beginning. */
interface Place {
  at: string;
  syncId: string;
  after: readonly string[] | undefined;
}

interface SessionFilter {
  orgId: string;
  appId: string | undefined;
  since: string | undefined;
  until: string | undefined;
  from: Place | undefined;
}

type SessionRow = Session & { clone_group_id: string; reconciled_at: Date };

export function createListRecentChanges({ database }: BridgeContext): Handler<"listRecentChanges"> {
  return async ({ key, query: { app_id, change, slug, text, since, until, limit = 50, cursor }, url }) => {
    if (app_id !== undefined) await findApp(database, key, app_id);
    const from = decodePlace(cursor);
    const sessions = await readSessions(database, { orgId: key.orgId, appId: app_id, since, until, from });
    const typesOf = await readTypes(database, sessions);
    const records: FoundRecords = new Map();
    const changes: RecentChange[] = [];
    let end: Place | undefined;
    for (const row of sessions.slice(0, MOST_SESSIONS)) {
      const place: Place = { at: row.reconciled_at.toISOString(), syncId: row.id, after: undefined };
      if (changes.length === limit) {
        end = place;
        break;
      }
      const types = typesOf.get(row.clone_group_id) ?? [];
      const after = from?.syncId === row.id ? from.after : undefined;
      const filter = { change, slug, text, after, limit: limit - changes.length + 1 };
      const found = await findChanges(database, row, { filter, types, records });
      const page = found.rows.slice(0, limit - changes.length);
      const kinds = new Map(types.map(({ slug, type }) => [slug, type]));
      for (const found of page)
        changes.push({
          ...toChange(found, kinds.get(found.slug)),
          app_id: row.app_id,
          sync_id: row.id,
          at: place.at,
        });
      const last = page.at(-1);
      const lookedTo = found.rows.length > page.length && last ? [last.slug, last.id] : found.lookedTo;
      if (lookedTo !== undefined) {
        end = { ...place, after: lookedTo };
        break;
      }
    }
    const further = sessions[MOST_SESSIONS];
    if (end === undefined && further !== undefined)
      end = { at: further.reconciled_at.toISOString(), syncId: further.id, after: undefined };
    return {
      status: 200,
      body: { changes, next: end === undefined ? null : linkTo(url, { limit, cursor: encodePlace(end) }) },
    };
  };
}

async function findChanges(
  database: Kysely<Tables>,
  session: Session,
  {
    filter: { text, ...filter },
    types,
    records,
  }: { filter: ChangeFilter & { text: string | undefined }; types: readonly ResourceType[]; records: FoundRecords },
): Promise<FoundChanges> {
  if (text === undefined) return { rows: await readChanges(database, session, filter) };
  const slugs = filter.slug ? [filter.slug] : types.map(({ slug }) => slug);
  return searchChanges(database, session, { ...filter, text, slugs }, records);
}

/** The types of each clone group that has a session of the page. */
async function readTypes(
  database: Kysely<Tables>,
  sessions: readonly SessionRow[],
): Promise<Map<string, ResourceType[]>> {
  const groups = [...new Set(sessions.map((session) => session.clone_group_id))];
  const rows = await database
    .selectFrom("resource_types")
    .select(["clone_group_id", "slug", "name", "type"])
    .where((row) => row("clone_group_id", "=", row.fn.any(row.val(groups))))
    .orderBy("slug")
    .execute();
  return Map.groupBy(rows, (row) => row.clone_group_id);
}

/** Reconciled sessions that changed something, newest first. */
async function readSessions(
  database: Kysely<Tables>,
  { orgId, appId, since, until, from }: SessionFilter,
): Promise<SessionRow[]> {
  const ofApp = appId === undefined ? sql`` : sql`and app.id = ${appId}`;
  const newerThan = since === undefined ? sql`` : sql`and session.reconciled_at >= ${since}::timestamptz`;
  const olderThan = until === undefined ? sql`` : sql`and session.reconciled_at < ${until}::timestamptz`;
  const next =
    from === undefined
      ? sql``
      : sql`and (session.reconciled_at, session.id) <= (${from.at}::timestamptz, ${from.syncId}::uuid)`;
  const newest = (count: number) => sql`
    select id, reconciled_at from sync_sessions session
    where session.app_id = app.id and session.version is not null and session.reconciliation = 'done'
      ${newerThan} ${olderThan} ${next}
    order by session.version desc limit ${count}`;
  const columns = SESSION_COLUMNS.map((column) => sql.ref(`session.${column}`));
  // A session of the page is of an app whose newest one is among the first as well, so no other app is looked at further.
  const { rows } = await sql<SessionRow>`
    select ${sql.join(columns)}, found.clone_group_id from (
      select newest.id, app.clone_group_id from (
        select app.* from (
          select id, clone_group_id from apps app where org_id = ${orgId} ${ofApp} limit ${MOST_APPS}
        ) app
        cross join lateral (${newest(1)}) newest
        order by newest.reconciled_at desc, newest.id desc limit ${MOST_SESSIONS + 1}
      ) app
      cross join lateral (${newest(MOST_SESSIONS + 1)}) newest
      order by newest.reconciled_at desc, newest.id desc limit ${MOST_SESSIONS + 1}
    ) found
    join sync_sessions session on session.id = found.id
    order by session.reconciled_at desc, session.id desc
  `.execute(database);
  return rows;
}

function encodePlace({ at, syncId, after = [] }: Place): string {
  return encodeCursor([at, syncId, ...after]);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function decodePlace(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const words = readWords(cursor);
  const [at = "", syncId = "", ...after] = words;
  if (!isDateTime(at) || new Date(at).toISOString() !== at || !UUID.test(syncId))
    throw new HttpError(400, "cursor: is unknown; take it from `next` of the previous page");
  return { at, syncId, after: after.length === 0 ? undefined : after };
}

/** Two words at the beginning of a session, four within it. */
function readWords(cursor: string): readonly string[] {
  try {
    return decodeCursor(cursor, 2) ?? [];
  } catch {
    return decodeCursor(cursor, 4) ?? [];
  }
}
