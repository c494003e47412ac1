import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { MOST_APPS } from "../apps/most-apps.ts";
import type { Tables } from "../database/schema.ts";
import { MOST_COUNTED, toBounded } from "../http/bounded-count.ts";
import { openapiDocument } from "../http/openapi-document.ts";
import { isUnresolved, partialsOf } from "./read-app-runs.ts";

type Schemas = components["schemas"];
type Decision = Schemas["Decision"];

const MOST_DECISIONS = 100;

const CODES = openapiDocument.components.schemas.TaskErrorCode.enum;

/** What needs a decision in the apps of an organisation: held and failed sessions, failed tasks, partial reads. */
export async function readDecisions(database: Kysely<Tables>, orgId: string): Promise<Decision[]> {
  const apps = sql`(
    select id, name from apps where org_id = ${orgId} order by created_at, id limit ${MOST_APPS}
  ) app`;
  const decisions = [
    ...(await readSessions(database, apps)),
    ...(await readHeldTasks(database, apps)),
    ...(await readFailedTasks(database, apps)),
    ...(await readPartial(database, apps)),
  ];
  return decisions.slice(0, MOST_DECISIONS);
}

type Apps = ReturnType<typeof sql>;

interface Found {
  app_id: string;
  app_name: string;
  at: Date;
}

function toDecision({ app_id, app_name, at }: Found, what: Omit<Decision, keyof Found>): Decision {
  return { app_id, app_name, at: at.toISOString(), ...what };
}

/** Held sessions, then those whose reconciliation failed. An app has at most one of them. */
async function readSessions(database: Kysely<Tables>, apps: Apps): Promise<Decision[]> {
  const { rows } = await sql<Found & { sync_id: string; reconciliation: string; error: Schemas["SyncError"] | null }>`
    select app.id as app_id, app.name as app_name, session.* from ${apps}
    cross join lateral (
      select id as sync_id, reconciliation, error, coalesce(ended_at, started_at) as at from sync_sessions
      where app_id = app.id and reconciliation in ('held', 'failed')
      order by reconciliation desc limit 1
    ) session
    order by session.reconciliation desc, session.at limit ${MOST_DECISIONS}
  `.execute(database);
  return rows.map(({ sync_id, reconciliation, error, ...found }) =>
    toDecision(found, {
      kind: reconciliation === "held" ? "held" : "failed_session",
      message: error?.message ?? null,
      sync_id,
      ...(error?.losses && { losses: error.losses }),
    }),
  );
}

/** Per app, since when the oldest one is held. */
async function readHeldTasks(database: Kysely<Tables>, apps: Apps): Promise<Decision[]> {
  const isHeld = sql`app_id = app.id and held_at is not null and outcome is null`;
  const { rows } = await sql<Found & { count: number }>`
    select app.id as app_id, app.name as app_name, oldest.held_at as at,
      (select count(*)::int from (select from tasks where ${isHeld} limit ${MOST_COUNTED + 1}) task) as count
    from ${apps}
    cross join lateral (select held_at from tasks where ${isHeld} order by held_at, sequence limit 1) oldest
    order by oldest.held_at limit ${MOST_DECISIONS}
  `.execute(database);
  const message = "The budget of the hour was used up. Nobody carries them out until they are released or cancelled.";
  return rows.map(({ count, ...found }) => toDecision(found, { kind: "held_tasks", message, tasks: toBounded(count) }));
}

/** Per app and code, the most recent failure first. */
async function readFailedTasks(database: Kysely<Tables>, apps: Apps): Promise<Decision[]> {
  interface Row extends Found {
    code: Schemas["TaskErrorCode"];
    count: number;
    message: string | null;
  }
  const { rows } = await sql<Row>`
    with failing as materialized (
      select app.id, app.name from ${apps}
      where exists (select from tasks where app_id = app.id and ${isUnresolved})
      limit ${MOST_DECISIONS}
    )
    select failing.id as app_id, failing.name as app_name, code.code, last.at, last.message,
      (select count(*)::int from (
        select from tasks where app_id = failing.id and ${isUnresolved} and error ->> 'code' = code.code
        limit ${MOST_COUNTED + 1}
      ) task) as count
    from failing cross join unnest(${[...CODES]}::text[]) code (code)
    cross join lateral (
      select ended_at as at, error ->> 'message' as message from tasks
      where app_id = failing.id and ${isUnresolved} and error ->> 'code' = code.code
      order by ended_at desc, id desc limit 1
    ) last
    order by last.at desc limit ${MOST_DECISIONS}
  `.execute(database);
  return rows.map(({ code, count, message, ...found }) =>
    toDecision(found, { kind: "failed_tasks", message, code, tasks: toBounded(count) }),
  );
}

async function readPartial(database: Kysely<Tables>, apps: Apps): Promise<Decision[]> {
  const { rows } = await sql<Found & { sync_id: string; message: string | null }>`
    select app.id as app_id, app.name as app_name, first.ended_at as at, last.id as sync_id,
      (select coalesce(receipt -> 'missing' ->> 0, receipt -> 'error' ->> 'message') from sync_sessions
        where id = last.id) as message
    from ${apps} ${partialsOf("app.id")}
    order by first.ended_at desc limit ${MOST_DECISIONS}
  `.execute(database);
  return rows.map(({ sync_id, message, ...found }) => toDecision(found, { kind: "partial", message, sync_id }));
}
