import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.ts";
import { toAppId, type FleetApp } from "../fleet-app.ts";

/**
 * Makes the rows of the apps of a config, in one statement however many there are. A known app keeps its state; its next
 * sync is planned anew only if its schedule has changed. Apps of other configs are left alone, so two versions of a config may
 * be in use while workers are replaced.
 */
export async function registerApps(database: Kysely<Tables>, apps: readonly FleetApp[]): Promise<void> {
  if (apps.length === 0) return;
  // The clock of this worker may be wrong.
  const { now } = (await sql<{ now: Date }>`select now() as now`.execute(database)).rows[0]!;
  const column = (of: (app: FleetApp) => string | number) => sql`${apps.map(of)}`;
  await sql`
    insert into fleet.apps as app
      (id, org, key, name, zone, upstream_host, credential, schedule, next_run_at, seen_at)
    select id, org, key, name, zone, upstream_host, credential, schedule,
      first_at, now()
    from unnest(
      ${column(toAppId)}::text[], ${column(({ org }) => org)}::text[], ${column(({ key }) => key)}::text[],
      ${column(({ name }) => name)}::text[], ${column(({ zone }) => zone)}::text[],
      ${column(({ upstreamHost }) => upstreamHost)}::text[], ${column(({ credential }) => credential)}::text[],
      ${column(({ schedule }) => schedule.text)}::text[],
      ${column(({ schedule }) => schedule.first(now).toISOString())}::timestamptz[]
    ) given (id, org, key, name, zone, upstream_host, credential, schedule, first_at)
    order by id
    on conflict (id) do update set
      name = excluded.name, zone = excluded.zone, upstream_host = excluded.upstream_host,
      credential = excluded.credential, schedule = excluded.schedule, seen_at = excluded.seen_at,
      next_run_at = case
        when app.next_run_at is null or app.schedule = excluded.schedule then app.next_run_at
        else excluded.next_run_at
      end,
      due_since = case when app.schedule = excluded.schedule then app.due_since end
  `.execute(database);
}

/** For how long an app that no worker has in its config is still queued. */
export const UNSEEN_MINUTES = 10;

/** Says that a worker has these apps. Writes only what would soon be too old, so many workers write it once. */
export async function seeApps(database: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  await sql`
    update fleet.apps set seen_at = now()
    where id = any(${ids}::text[]) and seen_at < now() - interval '1 minute' * ${UNSEEN_MINUTES / 3}::float8
  `.execute(database);
}
