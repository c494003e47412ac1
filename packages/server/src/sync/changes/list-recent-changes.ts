import { type Kysely, type RawBuilder, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { findApp } from "../../apps/find-app.ts";
import { MOST_APPS } from "../../apps/most-apps.ts";
import { type ResourceType, resourceTypesOfGroups } from "../../apps/resource-types.ts";
import type { BridgeContext } from "../../bridge-context.ts";
import { isOfEachApp } from "../../database/each-app.ts";
import type { Tables } from "../../database/schema.ts";
import { decodeMoment, encodeCursor } from "../../http/cursor.ts";
import type { Handler } from "../../http/operation.ts";
import { linkTo } from "../../http/page-links.ts";
import { compile } from "../../http/schemas.ts";
import { type Session, SESSION_COLUMNS } from "../find-session.ts";
import { nameRefs, type NamelessChange } from "./name-refs.ts";
import { CHANGE_SORTS, type ChangeRow, toChange } from "./read-changes.ts";
import { searchChanges } from "./search-changes.ts";

type RecentChange = components["schemas"]["RecentChange"];

/** Most sessions that a page looks at, however few of their changes match. */
const MOST_SESSIONS = 20;

const isSyncId = compile("/components/schemas/SyncSession/properties/sync_id");

/** Where a page ended: time and id of a session, then slug and id of its last change that was looked at. */
export type Place = readonly string[];

/** As its index has it. Sessions of an earlier version may have no counts. */
const CHANGED = sql`(session.counts is null
  or session.counts @? '$[*] ? (@.created > 0 || @.updated > 0 || @.removed > 0)')`;

/** Before the first change of a session. */
const BEGINNING = ["", ""];

export interface ChangesFilter {
  orgId: string;
  app_id?: string | undefined;
  change?: components["schemas"]["ChangeSort"] | undefined;
  slug?: string | undefined;
  text?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

type SessionRow = Session & { app_name: string; clone_group_id: string; reconciled_at: Date };

export function createListRecentChanges({ database }: BridgeContext): Handler<"listRecentChanges"> {
  return async ({ key, query: { limit = 50, cursor, ...query }, url }) => {
    if (query.app_id !== undefined) await findApp(database, key, query.app_id);
    const from = decodeMoment(cursor, isSyncId, 4);
    const { changes, end } = await readRecentChanges(database, { ...query, orgId: key.orgId }, { from, limit });
    return {
      status: 200,
      body: { changes, next: end === undefined ? null : linkTo(url, { limit, cursor: encodeCursor(end) }) },
    };
  };
}

/** A page of changes, and where the next one begins; undefined after the last one. */
export async function readRecentChanges(
  database: Kysely<Tables>,
  filter: ChangesFilter,
  page: { from: Place | undefined; limit: number },
): Promise<{ changes: RecentChange[]; end: Place | undefined }> {
  const { changes, end } = await findRecentChanges(database, filter, page);
  return { changes: await nameRefs(database, changes), end };
}

async function findRecentChanges(
  database: Kysely<Tables>,
  filter: ChangesFilter,
  { from, limit }: { from: Place | undefined; limit: number },
): Promise<{ changes: NamelessChange<RecentChange>[]; end: Place | undefined }> {
  const { change, slug, text } = filter;
  const sessions = await readSessions(database, filter, from);
  const typesOf = await resourceTypesOfGroups(
    database,
    sessions.map((session) => session.clone_group_id),
  );
  const findChanges = await searchChanges(database, sessions, { text, slug });
  const changes: NamelessChange<RecentChange>[] = [];
  for (const [index, session] of sessions.entries()) {
    if (index === MOST_SESSIONS || changes.length === limit) return { changes, end: toPlace(session, BEGINNING) };
    const after = from?.[1] === session.id ? from.slice(2) : undefined;
    const left = limit - changes.length;
    const { rows, lookedTo } = await findChanges(session, { change, slug, after, limit: left + 1 });
    const page = rows.slice(0, left);
    const types = typesOf.get(session.clone_group_id) ?? [];
    const kinds = new Map(types.map(({ slug, type }) => [slug, type]));
    for (const row of page) {
      const kind = kinds.get(row.slug);
      changes.push({ change: toRecentChange(row, session, kind), appId: session.app_id, kind });
    }
    const last = page.at(-1);
    const endedAt = rows.length > left && last !== undefined ? [last.slug, last.id] : lookedTo;
    if (endedAt !== undefined) return { changes, end: toPlace(session, endedAt) };
  }
  return { changes, end: undefined };
}

function toPlace({ id, reconciled_at }: SessionRow, after: readonly string[]): Place {
  return [reconciled_at.toISOString(), id, ...after];
}

function toRecentChange(
  row: ChangeRow,
  { id, app_id, app_name, reconciled_at }: SessionRow,
  kind: ResourceType["type"] | undefined,
): RecentChange {
  return { ...toChange(row, kind), app_id, app_name, sync_id: id, at: reconciled_at.toISOString() };
}

/** Whether a session has changes of a sort or a type, by its counts. */
function hasSuch({ change, slug }: ChangesFilter): RawBuilder<unknown> {
  if (change === undefined && slug === undefined) return sql``;
  const isSort = (change === undefined ? CHANGE_SORTS : [change]).map((sort) => `@.${sort} > 0`).join(" || ");
  const path = `$[*] ? (($slug == null || @.slug == $slug) && (${isSort}))`;
  return sql`and (session.counts is null
    or jsonb_path_exists(session.counts, ${path}::jsonpath, ${JSON.stringify({ slug: slug ?? null })}::jsonb))`;
}

/** Reconciled sessions that changed something like this, newest first. */
async function readSessions(
  database: Kysely<Tables>,
  filter: ChangesFilter,
  from: Place | undefined,
): Promise<SessionRow[]> {
  const { orgId, app_id: appId, since, until } = filter;
  const ofApp = appId === undefined ? sql`` : sql`and app.id = ${appId}`;
  const newerThan = since === undefined ? sql`` : sql`and session.reconciled_at >= ${since}::timestamptz`;
  const olderThan = until === undefined ? sql`` : sql`and session.reconciled_at < ${until}::timestamptz`;
  const next =
    from === undefined
      ? sql``
      : sql`and (session.reconciled_at, session.id) <= (${from[0]}::timestamptz, ${from[1]}::uuid)`;
  const newest = (count: number) => sql`
    select id, reconciled_at from sync_sessions session
    where ${isOfEachApp} and session.version is not null and session.reconciliation = 'done'
      and ${CHANGED} ${hasSuch(filter)} ${newerThan} ${olderThan} ${next}
    order by session.app_id desc, session.reconciled_at desc, session.version desc limit ${count}`;
  const columns = SESSION_COLUMNS.map((column) => sql.ref(`session.${column}`));
  // A session of the page is of an app whose newest one is among the first as well, so no other app is looked at further.
  const { rows } = await sql<SessionRow>`
    select ${sql.join(columns)}, found.app_name, found.clone_group_id from (
      select newest.id, app.name as app_name, app.clone_group_id from (
        select app.* from (
          select id, name, clone_group_id from apps app where org_id = ${orgId} ${ofApp} limit ${MOST_APPS}
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
