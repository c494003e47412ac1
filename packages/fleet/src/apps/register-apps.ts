import { createHash } from "node:crypto";
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
      (id, org, key, name, zone, upstream_host, credential, connector, config, schedule, next_run_at, seen_at)
    select id, org, key, name, zone, upstream_host, credential, connector, config, schedule,
      first_at, now()
    from unnest(
      ${column(toAppId)}::text[], ${column(({ org }) => org)}::text[], ${column(({ key }) => key)}::text[],
      ${column(({ name }) => name)}::text[], ${column(({ zone }) => zone)}::text[],
      ${column(({ upstreamHost }) => upstreamHost)}::text[], ${column(({ credential }) => credential)}::text[],
      ${column(({ connector }) => connector)}::text[], ${column(toVersion)}::text[],
      ${column(({ schedule }) => schedule.text)}::text[],
      ${column(({ schedule }) => schedule.first(now).toISOString())}::timestamptz[]
    ) given (id, org, key, name, zone, upstream_host, credential, connector, config, schedule, first_at)
    order by id
    on conflict (id) do update set
      name = excluded.name, zone = excluded.zone, upstream_host = excluded.upstream_host,
      credential = excluded.credential, connector = excluded.connector, config = excluded.config,
      schedule = excluded.schedule, seen_at = excluded.seen_at,
      next_run_at = case
        when app.next_run_at is null or app.schedule = excluded.schedule then app.next_run_at
        else excluded.next_run_at
      end,
      due_since = case when app.schedule = excluded.schedule then app.due_since end
  `.execute(database);
}

const versions = new WeakMap<FleetApp, string>();

/** Of what the row of an app has from its config: two versions of the config may differ in it. */
function toVersion(app: FleetApp): string {
  const { name, zone, upstreamHost, credential, connector, schedule } = app;
  const known = versions.get(app);
  if (known !== undefined) return known;
  const fields = [name, zone, upstreamHost, credential, connector, schedule.text];
  const version = createHash("sha256").update(JSON.stringify(fields)).digest("base64url").slice(0, 22);
  versions.set(app, version);
  return version;
}

/** For how long an app that no worker has in its config is still queued. */
const UNSEEN_MINUTES = 10;

/** Whether a worker has the app in its config, for a query of `apps`. */
export const IS_SEEN = sql<boolean>`seen_at > now() - ${UNSEEN_MINUTES}::float8 * interval '1 minute'`;

/**
 * Says that a worker has these apps. Writes only what would soon be too old, so many workers write it once.
 *
 * Of two versions of a config the one of the worker that started last is in the rows, for as long as a worker has it: one
 * that starts again with the old version, and then goes, must not leave its zone or schedule behind.
 */
export async function seeApps(database: Kysely<Tables>, apps: ReadonlyMap<string, FleetApp>): Promise<void> {
  const all = [...apps.values()];
  const given = sql`unnest(
    ${[...apps.keys()]}::text[], ${all.map(toVersion)}::text[], ${all.map(({ schedule }) => schedule.text)}::text[]
  ) given (id, config, schedule)`;
  const minutes = (count: number) => sql`interval '1 minute' * ${count}::float8`;
  const { rows } = await sql<{ id: string; is_ours: boolean; is_ours_planned: boolean; last_sync_at: Date | null }>`
    select app.id, app.config is not distinct from given.config as is_ours,
      app.schedule = given.schedule or app.next_run_at is null as is_ours_planned, app.last_sync_at
    from fleet.apps app join ${given} on app.id = given.id
    where app.seen_at < now() - ${minutes(UNSEEN_MINUTES / 2)}
      or (app.config = given.config and app.seen_at < now() - ${minutes(UNSEEN_MINUTES / 3)})
      or (app.config = given.config and app.schedule <> given.schedule and app.next_run_at is not null)
  `.execute(database);
  const ours = rows.filter(({ is_ours }) => is_ours);
  if (ours.length > 0)
    await sql`
      update fleet.apps set seen_at = now() where id = any(${ours.map(({ id }) => id)}::text[])
        and seen_at < now() - ${minutes(UNSEEN_MINUTES / 3)}
    `.execute(database);
  const left = rows.filter(({ is_ours }) => !is_ours).map(({ id }) => apps.get(id)!);
  await registerApps(database, left);
  for (const { id, is_ours_planned, last_sync_at } of ours)
    if (!is_ours_planned) await planAnew(database, apps.get(id)!, last_sync_at ?? new Date());
}

/** A worker with another version of the config has planned the next sync, by its own schedule. */
async function planAnew(database: Kysely<Tables>, app: FleetApp, lastSyncAt: Date): Promise<void> {
  await database
    .updateTable("apps")
    .set({ schedule: app.schedule.text, next_run_at: app.schedule.next(lastSyncAt) })
    .where("id", "=", toAppId(app))
    .where("config", "=", toVersion(app))
    .where("next_run_at", "is not", null)
    .execute();
}
