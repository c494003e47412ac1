import type { WorkerReport } from "@bridgekit/client";
import { type Kysely, sql } from "kysely";
import { IS_SEEN } from "../apps/register-apps.ts";
import type { RunKind, Tables } from "../database/tables.ts";
import { isAlive } from "../database/is-alive.ts";

/** As many as a call may have. */
const MOST_WORKERS = 200;
const MOST_RUNS = 100;
const MOST_ZONES = 100;

interface WorkerRow {
  id: string;
  host: string;
  capacity: number;
  zones: string;
  started_at: Date;
  state: WorkerReport["state"];
  busy: number;
}

interface RunRow {
  worker: string;
  app_id: string;
  kind: RunKind;
  started_at: Date;
}

/** The workers of the fleet, as one of its organisations may know them: with the runs of its own apps alone. */
export async function readWorkers(
  kysely: Kysely<Tables>,
  { org, deadAfter }: { org: string; deadAfter: number },
): Promise<WorkerReport[]> {
  const { rows: workers } = await sql<WorkerRow>`
    select id, host, capacity, zones, started_at,
      case when not ${isAlive(deadAfter)} then 'lost'
        when draining_at is not null then 'draining' else 'alive' end as state,
      (select count(*) from fleet.runs run where run.worker = worker.id and run.ended_at is null)::integer as busy
    from fleet.workers worker order by heartbeat_at desc limit ${MOST_WORKERS}
  `.execute(kysely);
  const { rows: runs } = await sql<RunRow>`
    select run.worker, app.bridge_app_id as app_id, run.kind, run.started_at
    from fleet.runs run join fleet.apps app on app.id = run.app
    where run.ended_at is null and app.org = ${org} and app.bridge_app_id is not null
    order by run.started_at, app.bridge_app_id
  `.execute(kysely);
  const isShared = await servesOthers(kysely, org);
  const byWorker = Map.groupBy(runs, ({ worker }) => worker);
  const reports = workers.map((worker): WorkerReport => ({
    name: worker.id.slice(0, 255),
    host: worker.host.slice(0, 255),
    capacity: worker.capacity,
    zones: worker.zones === "" ? [] : worker.zones.split(",").slice(0, MOST_ZONES),
    started_at: worker.started_at.toISOString(),
    state: worker.state,
    busy: worker.busy,
    running: (byWorker.get(worker.id) ?? []).slice(0, MOST_RUNS).map(toRun),
    // One without places runs a single job for another worker.
    takes_orders: worker.capacity > 0 && !isShared,
  }));
  return reports.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function toRun({ app_id, kind, started_at }: RunRow): WorkerReport["running"][number] {
  return { app_id, kind, started_at: started_at.toISOString() };
}

/** Whether the fleet runs apps of other organisations too, which one of them may not stop. */
export async function servesOthers(kysely: Kysely<Tables>, org: string): Promise<boolean> {
  // Not `<>`, for which no index helps.
  const { rows } = await sql`
    (select 1 from fleet.apps where org < ${org} and ${IS_SEEN} limit 1)
    union all
    (select 1 from fleet.apps where org > ${org} and ${IS_SEEN} limit 1)
  `.execute(kysely);
  return rows.length > 0;
}

/** What all workers of the fleet call it. */
export async function readFleetId(kysely: Kysely<Tables>): Promise<string> {
  return (await kysely.selectFrom("identity").select("id").executeTakeFirstOrThrow()).id;
}
