import { type Kysely, type RawBuilder, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { findApp } from "../apps/find-app.ts";
import { MOST_APPS } from "../apps/most-apps.ts";
import { resourceTypesOfGroups } from "../apps/resource-types.ts";
import type { BridgeContext } from "../bridge-context.ts";
import { isOfEachApp } from "../database/each-app.ts";
import type { Tables } from "../database/schema.ts";
import { decodeMoment, toPage } from "../http/cursor.ts";
import type { Handler } from "../http/operation.ts";
import { linkTo } from "../http/page-links.ts";
import { compile } from "../http/schemas.ts";
import { SESSION_COLUMNS } from "./find-session.ts";
import { stagedCounts, type StagedSession, toSyncSession } from "./read-sync-session.ts";

type Schemas = components["schemas"];

const isSyncId = compile("/components/schemas/SyncSession/properties/sync_id");

export interface SyncFilter {
  orgId: string;
  app_id?: string | undefined;
  status?: Schemas["SyncStatus"] | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

interface Window {
  /** Time and id of the session that ended the previous page. */
  after: readonly string[] | undefined;
  limit: number;
}

type AppSession = StagedSession & { app_name: string; clone_group_id: string };

/** Lists the sessions of all apps, the last started first. */
export function createFindSyncs({ database }: BridgeContext): Handler<"findSyncs"> {
  return async ({ key, query: { limit = 50, cursor, ...filter }, url }) => {
    if (filter.app_id !== undefined) await findApp(database, key, filter.app_id);
    const after = decodeMoment(cursor, isSyncId);
    const rows = await readAppSessions(database, { ...filter, orgId: key.orgId }, { after, limit: limit + 1 });
    const { page, cursor: next } = toPage(rows, limit, toPlace);
    return {
      status: 200,
      body: {
        sessions: await toAppSyncs(database, page),
        next: next === undefined ? null : linkTo(url, { limit, cursor: next }),
      },
    };
  };
}

/** The place of a session in the order of the list. */
export function toPlace({ started_at, id }: Pick<StagedSession, "started_at" | "id">): readonly string[] {
  return [started_at.toISOString(), id];
}

export async function readAppSessions(
  database: Kysely<Tables>,
  filter: SyncFilter,
  { after, limit }: Window,
): Promise<AppSession[]> {
  const { orgId, app_id: appId, status, since, until } = filter;
  const conditions: RawBuilder<unknown>[] = [];
  if (status !== undefined) conditions.push(sql`status = ${status}`);
  if (since !== undefined) conditions.push(sql`started_at >= ${since}::timestamptz`);
  if (until !== undefined) conditions.push(sql`started_at < ${until}::timestamptz`);
  if (after !== undefined) conditions.push(sql`(started_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const order = status === undefined ? sql`app_id desc` : sql`app_id desc, status desc`;
  const last = (count: number) => sql`
    select id, started_at from sync_sessions
    where ${isOfEachApp} ${sql.join(
      conditions.map((condition) => sql`and ${condition}`),
      sql` `,
    )}
    order by ${order}, started_at desc, id desc limit ${count}`;
  // A session of the page is of an app whose last one is among the first as well, so no other app is looked at further.
  const { rows } = await sql<AppSession>`
    select ${sql.join(SESSION_COLUMNS.map((column) => sql.ref(`sync_sessions.${column}`)))}, ${stagedCounts()} as staged,
      found.app_name, found.clone_group_id
    from (
      select last.id, app.name as app_name, app.clone_group_id from (
        select app.* from (
          select id, name, clone_group_id from apps
          where org_id = ${orgId} ${appId === undefined ? sql`` : sql`and id = ${appId}`}
          order by created_at, id limit ${MOST_APPS}
        ) app
        cross join lateral (${last(1)}) last
        order by last.started_at desc, last.id desc limit ${limit}
      ) app
      cross join lateral (${last(limit)}) last
      order by last.started_at desc, last.id desc limit ${limit}
    ) found
    join sync_sessions on sync_sessions.id = found.id
    order by sync_sessions.started_at desc, sync_sessions.id desc
  `.execute(database);
  return rows;
}

export async function toAppSyncs(database: Kysely<Tables>, rows: readonly AppSession[]): Promise<Schemas["AppSync"][]> {
  const types = await resourceTypesOfGroups(
    database,
    rows.map(({ clone_group_id }) => clone_group_id),
  );
  return rows.map((row) => ({
    app_id: row.app_id,
    app_name: row.app_name,
    session: toSyncSession(row, types.get(row.clone_group_id) ?? []),
  }));
}
