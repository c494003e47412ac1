import { sql, type Kysely } from "kysely";
import { fromKysely, type PgBoss } from "pg-boss";
import { IS_SEEN } from "../apps/register-apps.ts";
import type { Tables } from "../database/tables.ts";
import { queueOf, type RunOrder } from "../queues/queues.ts";
import { raisePriority } from "../queues/raise-priority.ts";
import type { FleetTiming } from "../timing.ts";
import { isAlive } from "../database/is-alive.ts";

/** Jobs that wait for each place of a worker: enough that none is idle until the next tick. */
const JOBS_PER_PLACE = 2;
/** A queued app that has not begun is queued again, in case its job was lost; if it was not, this does nothing. */
const LOST_AFTER_SECONDS = 60;

/** Puts due apps into the queues of their zones, as many as the workers take soon. Returns how many. */
export async function queueDue(database: Kysely<Tables>, boss: PgBoss, { deadAfter }: FleetTiming): Promise<number> {
  let count = 0;
  for (const { zone, room } of await readRoom(database, deadAfter))
    if (room > 0) count += await queueZone(database, boss, zone, room);
  return count;
}

/** How many more jobs each zone that has a worker can take. */
async function readRoom(database: Kysely<Tables>, deadAfter: number): Promise<{ zone: string; room: number }[]> {
  const { rows: workers } = await sql<{ zones: string; capacity: number }>`
    select zones, capacity from fleet.workers
    where draining_at is null and ${isAlive(deadAfter)}
  `.execute(database);
  const places = new Map<string, number>();
  for (const { zones, capacity } of workers)
    for (const zone of zones.split(",")) places.set(zone, (places.get(zone) ?? 0) + capacity);
  const { rows: queued } = await sql<{ zone: string; count: number }>`
    select zone, count(*)::integer as count from fleet.apps where queued_at is not null group by zone
  `.execute(database);
  const waiting = new Map(queued.map(({ zone, count }) => [zone, count]));
  return Array.from(places, ([zone, count]) => ({ zone, room: count * JOBS_PER_PLACE - (waiting.get(zone) ?? 0) }));
}

/** Marks the rows and inserts their jobs in one transaction. */
function queueZone(database: Kysely<Tables>, boss: PgBoss, zone: string, room: number): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    const { rows } = await dueStatement(zone, room).execute(transaction);
    if (rows.length === 0) return 0;
    const jobs = rows.map(({ id, sync_priority: priority }) => ({
      data: { app: id, reason: priority > 0 ? "run now" : "schedule" } satisfies RunOrder,
      singletonKey: id,
      priority,
    }));
    const [queue, db] = [queueOf("sync", zone), fromKysely(transaction)];
    for (const { singletonKey: app, priority } of jobs)
      if (priority > 0) await raisePriority(boss, { queue, app, priority }, { db });
    await boss.insert(queue, jobs, { returnId: false, db });
    return rows.length;
  });
}

/**
 * Chooses round-robin: the first app of each organisation, then the second of each, where the apps of one organisation in turn
 * take turns by host. What an organisation has queued or running already counts as its turns, so that one with thousands of due
 * apps delays no other. What people run now takes turns with what is only due, and is first: a thousand apps that are run now
 * must not delay one that is due until all of them have begun.
 */
export function dueStatement(zone: string, room: number) {
  return sql<{ id: string; sync_priority: number }>`
    with due as (
      select id, org, upstream_host, sync_priority > 0 as is_now, coalesce(due_since, next_run_at) as due_at from fleet.apps
      where zone = ${zone} and paused_at is null and parked_at is null and next_run_at <= now()
        and (queued_at is null or queued_at < now() - ${LOST_AFTER_SECONDS}::float8 * interval '1 second')
        and ${IS_SEEN}
    ), busy as (
      select org, count(*) as turns from (
        select org from fleet.apps where queued_at is not null
        union all
        select app.org from fleet.runs run join fleet.apps app on app.id = run.app
        where run.ended_at is null and run.kind = 'sync'
      ) taken group by org
    ), queued as (
      select sync_priority > 0 as is_now, count(*) as turns from fleet.apps
      where zone = ${zone} and queued_at is not null group by sync_priority > 0
    ), by_host as (
      select due.*, row_number() over (partition by is_now, upstream_host order by due_at) as host_turn
      from due
    ), by_org as (
      select by_host.*, row_number() over (partition by is_now, org order by host_turn, due_at) as org_turn
      from by_host
    ), ordered as (
      select by_org.id, by_org.is_now, row_number() over (
        partition by by_org.is_now order by org_turn + coalesce(busy.turns, 0), host_turn, due_at
      ) as turn
      from by_org left join busy on busy.org = by_org.org
    ), chosen as (
      select ordered.id from ordered left join queued on queued.is_now = ordered.is_now
      order by turn + coalesce(queued.turns, 0), ordered.is_now desc
      limit ${room}
    )
    update fleet.apps app set queued_at = now() from chosen
    where app.id = chosen.id and app.next_run_at <= now()
      and (app.queued_at is null or app.queued_at < now() - ${LOST_AFTER_SECONDS}::float8 * interval '1 second')
    returning app.id, app.sync_priority
  `;
}
