import { type Kysely, type RawBuilder, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { findApp } from "../apps/find-app.ts";
import { MOST_APPS } from "../apps/most-apps.ts";
import type { BridgeContext } from "../bridge-context.ts";
import { isOfEachApp } from "../database/each-app.ts";
import { decodeMoment, encodeCursor, toPage } from "../http/cursor.ts";
import type { Tables } from "../database/schema.ts";
import type { Handler } from "../http/operation.ts";
import { linkTo } from "../http/page-links.ts";
import { type AppTaskRow, toAppTasks } from "./app-tasks.ts";
import { searchTasks } from "./search-tasks.ts";
import { isInOpenState, type TaskRow } from "./task-status.ts";

type Schemas = components["schemas"];

/** Of each app, to find those in flight, which are the oldest ones. */
const MOST_LOOKED_AT = 10_000;

const SEQUENCE = /^\d{1,18}$/;

/** Lists tasks of all apps, the latest due first. */
export function createFindTasks({ database, now }: BridgeContext): Handler<"findTasks"> {
  return async ({ key, query, url }) => {
    const { state, code, action, text, app_id: appId, limit = 50, cursor } = query;
    const after = decodeMoment(cursor, (sequence) => SEQUENCE.test(sequence));
    if (appId !== undefined) await findApp(database, key, appId);
    const time = now();
    const search =
      text === undefined ? undefined : await searchTasks(database, { orgId: key.orgId, appId, text, after });
    const conditions = [
      ...(search === undefined ? [] : [search.isHit]),
      ...(search?.lookedTo === undefined
        ? []
        : [sql`(execute_after, sequence) >= (${search.lookedTo[0]}::timestamptz, ${search.lookedTo[1]}::bigint)`]),
      ...(code === undefined ? [] : [sql`outcome = 'failed' and error ->> 'code' = ${code}`]),
      ...(action === undefined ? [] : [sql`action = ${action}`]),
      ...(after === undefined
        ? []
        : [sql`(execute_after, sequence) < (${after[0]}::timestamptz, ${after[1]}::bigint)`]),
    ].map((condition) => sql`and ${condition}`);
    const list = { orgId: key.orgId, appId, state, conditions, time, limit: limit + 1 };
    const rows =
      search?.ids === undefined ? await readLatest(database, list) : await readFound(database, search.ids, list);
    const { page, cursor: next = search?.lookedTo && encodeCursor(search.lookedTo) } = toPage(rows, limit, toPlace);
    const tasks = await toAppTasks(database, page, time);
    return { status: 200, body: { tasks, next: next === undefined ? null : linkTo(url, { limit, cursor: next }) } };
  };
}

interface TaskPage {
  orgId: string;
  appId: string | undefined;
  state: Schemas["TaskState"] | undefined;
  conditions: RawBuilder<unknown>[];
  time: Date;
  limit: number;
}

/** The latest tasks of all apps. */
async function readLatest(
  database: Kysely<Tables>,
  { orgId, appId, state, conditions, time, limit }: TaskPage,
): Promise<AppTaskRow[]> {
  const latest = (columns: RawBuilder<unknown>, count: number) => sql`
    select ${columns} from ${tasksIn(state, time)} tasks where ${isOfApp(state)} and ${isIn(state, time)}
    ${sql.join(conditions, sql` `)}
    order by app_id desc, execute_after desc, sequence desc limit ${count}`;
  // A task of the page is of an app whose latest one is among the first as well, so no other app is looked at further.
  const { rows } = await sql<AppTaskRow>`
    select task.*, app.name as app_name, app.clone_group_id from (
      select app.* from (
        select id, name, clone_group_id, task_horizon from apps
        where org_id = ${orgId} ${appId === undefined ? sql`` : sql`and id = ${appId}`}
        order by created_at, id limit ${MOST_APPS}
      ) app
      cross join lateral (${latest(sql`execute_after, sequence`, 1)}) latest
      order by latest.execute_after desc, latest.sequence desc limit ${limit}
    ) app
    cross join lateral (${latest(sql`*`, limit)}) task
    order by task.execute_after desc, task.sequence desc limit ${limit}
  `.execute(database);
  return rows;
}

/** The latest of the tasks with these ids. */
async function readFound(
  database: Kysely<Tables>,
  ids: readonly string[],
  { orgId, state, conditions, time, limit }: TaskPage,
): Promise<AppTaskRow[]> {
  const { rows } = await sql<AppTaskRow>`
    select tasks.*, app.name as app_name, app.clone_group_id from tasks join apps app on app.id = tasks.app_id
    where tasks.id = any(${ids}::uuid[]) and app.org_id = ${orgId} and ${isIn(state, time)} ${sql.join(conditions, sql` `)}
    order by execute_after desc, sequence desc limit ${limit}
  `.execute(database);
  return rows;
}

// The order of the list.
function toPlace({ execute_after, sequence }: TaskRow): readonly string[] {
  return [execute_after.toISOString(), String(sequence)];
}

/** Where the tasks of an app in a state are looked for. */
function tasksIn(state: Schemas["TaskState"] | undefined, now: Date): RawBuilder<unknown> {
  if (state !== "in_flight") return sql`tasks`;
  return sql`(
    select * from tasks where ${isOfEachApp} and outcome is null and ${isDueBy(now)}
    order by app_id, execute_after, sequence limit ${MOST_LOOKED_AT}
  )`;
}

function isIn(state: Schemas["TaskState"] | undefined, now: Date): RawBuilder<boolean> {
  switch (state) {
    case undefined:
      return sql`true`;
    case "pending":
      return sql`(${isDueBy(now)} and ${isInOpenState(state, now)})`;
    case "scheduled":
    case "in_flight":
      return isInOpenState(state, now);
    case "completed":
      return sql`outcome = 'completed'`;
    case "failed":
      return sql`(outcome = 'failed' and cancelled_at is null)`;
    case "cancelled":
      return sql`(outcome = 'failed' and cancelled_at is not null)`;
    default:
      state satisfies never;
      return sql`false`;
  }
}

/** Open tasks also have an index in which the app does not come first; those of other states have none. */
function isOfApp(state: Schemas["TaskState"] | undefined): RawBuilder<boolean> {
  const isOpen = state === "pending" || state === "scheduled" || state === "in_flight";
  return isOpen ? isOfEachApp : sql<boolean>`app_id = app.id`;
}

/** A time that no due task comes after; so what waits for a later time is not looked through. */
function isDueBy(now: Date): RawBuilder<boolean> {
  return sql<boolean>`(app_id, execute_after) <= (app.id, greatest(${now}::timestamptz, app.task_horizon))`;
}
