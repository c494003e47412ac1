import { type Kysely, sql } from "kysely";
import { IS_SEEN } from "../apps/register-apps.ts";
import type { FleetDatabase } from "../database/open-database.ts";
import type { RunEnd, Tables } from "../database/tables.ts";
import { forgetState } from "../state/keep-app-id.ts";
import { DEFAULT_TIMING } from "../timing.ts";
import { type AppChoice, chosen } from "./app-choice.ts";
import { forgetApps, forgetWorker } from "./forget.ts";
import { isAlive } from "../database/is-alive.ts";

/**
 * `unseen`: no worker has had it in its config for ten minutes; `parked`: it crashed its worker three times in a row; `deleted`:
 * the Bridge no longer has it; `due`: waits for a worker; `queued`: a worker takes it next.
 */
export type AppState = (typeof APP_STATES)[number];

const APP_STATES = ["running", "queued", "due", "waiting", "paused", "parked", "deleted", "unseen"] as const;

export interface AppStatus {
  org: string;
  key: string;
  name: string;
  zone: string;
  state: AppState;
  /** Where its sync runs. */
  worker: string | null;
  nextRunAt: Date | null;
  /** Seconds since its sync was due; 0 if it is not. */
  lagSeconds: number;
  /** When the last sync that has ended began. */
  lastStartedAt: Date | null;
  lastSyncAt: Date | null;
  lastSuccessAt: Date | null;
  lastSyncEnd: RunEnd | null;
  /** What the last sync said: `completed`, or why it failed. */
  note: string | null;
  /** Runs in a row whose worker died. */
  tries: number;
}

export interface WorkerStatus {
  id: string;
  host: string;
  pid: number;
  capacity: number;
  zones: string[];
  running: number;
  startedAt: Date;
  heartbeatAt: Date;
  /** `gone`: its heartbeat is too old. */
  state: "working" | "draining" | "gone";
}

export interface FleetSummary {
  apps: Record<AppState, number>;
  /** Apps whose last sync did not end well. */
  failing: number;
  /** Of the app that has been due for longest. */
  lagSeconds: number;
  workers: Record<WorkerStatus["state"], number>;
  capacity: number;
  running: number;
}

/** Which of the chosen apps are listed. */
export interface AppFilter extends AppChoice {
  state?: AppState | undefined;
  /** Only those whose last sync did not end well. */
  isFailing?: boolean | undefined;
}

/** What people see of a fleet and change in it, without being a worker. */
export interface Fleet {
  summary: () => Promise<FleetSummary>;
  workers: () => Promise<WorkerStatus[]>;
  /** In the order of organisation and key. */
  apps: (filter?: AppFilter) => AsyncGenerator<AppStatus>;
  /** Begins no more runs of these apps; what runs goes on. Returns their keys. */
  pause: (choice: AppChoice) => Promise<string[]>;
  /** Ends a pause, has a parked app tried again, and one that was deleted on the Bridge created again. */
  resume: (choice: AppChoice) => Promise<string[]>;
  /** Syncs these apps first, or in turns with those that are due if they are many; one that is running is left alone. */
  runNow: (choice: AppChoice) => Promise<string[]>;
  /** Deletes those of these apps that no worker has in its config, with what was kept of them. Returns their keys. */
  forget: (choice: AppChoice) => Promise<string[]>;
  /** Deletes a worker that is gone. */
  forgetWorker: (worker: string) => Promise<"forgotten" | "alive" | "unknown">;
  /** Has a worker end what it runs, and exit. Returns whether there is such a worker. */
  drain: (worker: string) => Promise<boolean>;
}

/** Higher than any scheduled sync. */
const RUN_NOW_PRIORITY = 10;
const PAGE = 500;

export function openFleet({ kysely }: FleetDatabase): Fleet {
  const change = async (
    set: ReturnType<typeof sql>,
    choice: AppChoice,
    { only = sql`true`, database = kysely } = {},
  ) => {
    const { rows } = await sql<{ key: string }>`
      update fleet.apps set ${set} where ${chosen(choice)} and ${only} returning key
    `.execute(database);
    return rows.map(({ key }) => key).toSorted();
  };
  const running = sql`exists (
    select from fleet.runs run where run.app = apps.id and run.kind = 'sync' and run.ended_at is null
  )`;
  return {
    summary: () => summarize(kysely),
    workers: () => readWorkers(kysely),
    apps: (filter = {}) => readApps(kysely, filter),
    pause: (choice) => change(sql`paused_at = coalesce(paused_at, now()), queued_at = null`, choice),
    resume: (choice) =>
      kysely.transaction().execute(async (transaction) => {
        await createDeletedAgain(transaction, choice);
        const set = sql`paused_at = null, parked_at = null, tries = 0, tasks_tries = 0`;
        return change(set, choice, { database: transaction });
      }),
    runNow: (choice) =>
      change(
        sql`next_run_at = least(next_run_at, now()), queued_at = null, sync_priority = ${RUN_NOW_PRIORITY}::integer`,
        choice,
        { only: sql`not ${running} and paused_at is null and parked_at is null` },
      ),
    forget: (choice) => forgetApps(kysely, choice),
    forgetWorker: (worker) => forgetWorker(kysely, worker),
    async drain(worker) {
      const { rows } = await sql`
        update fleet.workers set draining_at = coalesce(draining_at, now()) where id = ${worker} returning id
      `.execute(kysely);
      return rows.length > 0;
    },
  };
}

/** What was kept belongs to the app that was deleted. */
async function createDeletedAgain(transaction: Kysely<Tables>, choice: AppChoice): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update fleet.apps set deleted_at = null, bridge_app_id = null, next_run_at = least(next_run_at, now())
    where ${chosen(choice)} and deleted_at is not null returning id
  `.execute(transaction);
  if (rows.length > 0)
    await forgetState(
      transaction,
      rows.map(({ id }) => id),
    );
}

const STATE = sql`case
  when run.worker is not null then 'running'
  when app.parked_at is not null then 'parked'
  when app.paused_at is not null then 'paused'
  when not ${IS_SEEN} then 'unseen'
  when app.deleted_at is not null then 'deleted'
  when app.queued_at is not null then 'queued'
  when app.next_run_at <= now() then 'due'
  else 'waiting' end`;

const IS_FAILING = sql`${IS_SEEN} and app.last_sync_end is not null and app.last_sync_end not in ('done', 'stopped')`;

const LAG = sql`case
  when run.worker is null and app.parked_at is null and app.paused_at is null and app.next_run_at < now() and ${IS_SEEN}
  then extract(epoch from now() - coalesce(app.due_since, app.next_run_at))::float8 else 0 end`;

const WITH_RUN = sql`fleet.apps app
  left join fleet.runs run on run.app = app.id and run.kind = 'sync' and run.ended_at is null`;

async function* readApps(
  kysely: Kysely<Tables>,
  { state, isFailing, ...choice }: AppFilter,
): AsyncGenerator<AppStatus> {
  const only = sql`(${state ?? null}::text is null or ${STATE} = ${state ?? null}::text)
    and (not ${isFailing ?? false}::boolean or coalesce(${IS_FAILING}, false))`;
  for (let after = ""; ;) {
    const { rows } = await sql<AppStatus & { id: string }>`
      select app.id, app.org, app.key, app.name, app.zone, ${STATE} as state, run.worker,
        app.next_run_at as "nextRunAt", ${LAG} as "lagSeconds", app.last_sync_at as "lastSyncAt",
        (select max(ended.started_at) from fleet.runs ended
          where ended.app = app.id and ended.kind = 'sync' and ended.ended_at is not null) as "lastStartedAt",
        app.last_success_at as "lastSuccessAt", app.last_sync_end as "lastSyncEnd", app.last_sync_note as note,
        greatest(app.tries, app.tasks_tries) as tries
      from ${WITH_RUN}
      where app.id > ${after} and ${chosen(choice)} and ${only}
      order by app.id limit ${PAGE}
    `.execute(kysely);
    for (const { id, ...row } of rows) {
      after = id;
      yield row;
    }
    if (rows.length < PAGE) return;
  }
}

async function readWorkers(kysely: Kysely<Tables>): Promise<WorkerStatus[]> {
  const { rows } = await sql<Omit<WorkerStatus, "zones"> & { zones: string }>`
    select worker.id, host, pid, capacity, zones, worker.started_at as "startedAt", worker.heartbeat_at as "heartbeatAt",
      (select count(*) from fleet.runs run where run.worker = worker.id and run.ended_at is null)::integer as running,
      case when not ${isAlive(DEFAULT_TIMING.deadAfter)} then 'gone'
        when draining_at is not null then 'draining' else 'working' end as state
    from fleet.workers worker order by worker.started_at, worker.id
  `.execute(kysely);
  return rows.map(({ zones, ...row }) => Object.assign(row, { zones: zones.split(",") }));
}

async function summarize(kysely: Kysely<Tables>): Promise<FleetSummary> {
  const { rows } = await sql<{ state: AppState; count: number; failing: number; lag: number }>`
    select state, count(*)::integer as count, count(*) filter (where is_failing)::integer as failing, max(lag) as lag
    from (select ${STATE} as state, ${LAG} as lag,
      ${IS_FAILING} as is_failing from ${WITH_RUN}) counted
    group by state
  `.execute(kysely);
  const workers = await readWorkers(kysely);
  const counts = new Map(rows.map(({ state, count }) => [state, count]));
  const working = workers.filter(({ state }) => state === "working");
  const of = (state: WorkerStatus["state"]) => workers.filter((worker) => worker.state === state).length;
  return {
    apps: Object.fromEntries(APP_STATES.map((state) => [state, counts.get(state) ?? 0])) as FleetSummary["apps"],
    failing: rows.reduce((sum, { failing }) => sum + failing, 0),
    lagSeconds: Math.max(0, ...rows.map(({ lag }) => lag)),
    workers: { working: of("working"), draining: of("draining"), gone: of("gone") },
    capacity: working.reduce((sum, { capacity }) => sum + capacity, 0),
    running: workers.reduce((sum, { running }) => sum + running, 0),
  };
}
