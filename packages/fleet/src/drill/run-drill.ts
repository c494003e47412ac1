import { setTimeout as sleep } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import type { FleetDatabase } from "../database/open-database.ts";
import type { RunKind, Tables } from "../database/tables.ts";
import { DEFAULT_TIMING } from "../timing.ts";
import { isAlive } from "../database/is-alive.ts";

export interface DrillOptions {
  /** How many workers are killed, one after the other. */
  kills: number;
  /** Seconds until the death of a worker has to be noticed; by default what the heartbeat promises. */
  noticeWithin?: number;
  /** Seconds until what the dead worker ran has to run again. */
  againWithin?: number;
  /** Between two kills. */
  pauseSeconds?: number;
  log: (line: string) => void;
  signal?: AbortSignal;
}

/** What the fleet promises, and whether it held. */
export interface DrillPromise {
  promise: string;
  /** Null if nothing has shown it, as when the workers that were killed ran nothing. */
  isHeld: boolean | null;
  /** What was seen. */
  seen: string;
}

interface Victim {
  id: string;
  runs: { app: string; kind: RunKind; generation: number }[];
}

interface KillReport {
  /** Seconds until every run of the dead worker was ended; undefined if that did not happen in time. */
  noticed: number | undefined;
  /** Seconds until every run that was cut off ran again; undefined if that did not happen in time. */
  again: number | undefined;
  cutOff: number;
}

/** The tick looks once a second, and a heartbeat may just have been written. */
const NOTICE_SLACK_SECONDS = 5;
const LOOK_MS = 500;

/**
 * Kills workers that allow it, one after the other, and looks whether the fleet keeps its promises. Throws if there are no two
 * workers, of which one allows it.
 */
export async function runDrill(
  { kysely }: FleetDatabase,
  {
    kills,
    noticeWithin = DEFAULT_TIMING.deadAfter + NOTICE_SLACK_SECONDS,
    againWithin = 300,
    pauseSeconds = 10,
    log,
    signal,
  }: DrillOptions,
): Promise<DrillPromise[]> {
  const parkedBefore = await countParked(kysely);
  const overlaps = new Set<string>();
  const reports: KillReport[] = [];
  for (let kill = 0; kill < kills && !signal?.aborted; kill++) {
    if (kill > 0) await sleep(pauseSeconds * 1000, undefined, signal && { signal }).catch(() => undefined);
    const victim = await chooseVictim(kysely);
    log(`${kill + 1} of ${kills}: kills ${victim.id}, which runs ${victim.runs.length}`);
    const report = await killAndWatch(kysely, victim, { noticeWithin, againWithin, overlaps, signal });
    reports.push(report);
    log(
      `  noticed ${toSeen(report.noticed)}; ${report.cutOff} of ${victim.runs.length} runs were cut off` +
        (report.cutOff > 0 ? `, all of them ran again ${toSeen(report.again)}` : ""),
    );
  }
  for (const overlap of await findOverlaps(kysely)) overlaps.add(overlap);
  const parked = (await countParked(kysely)) - parkedBefore;
  const late = (times: (number | undefined)[]) => times.filter((time) => time === undefined).length;
  const worst = (times: (number | undefined)[]) => Math.max(0, ...times.map((time) => time ?? 0)).toFixed(1);
  const noticed = reports.map((report) => report.noticed);
  const again = reports.filter(({ cutOff }) => cutOff > 0).map((report) => report.again);
  return [
    {
      promise: `a dead worker is noticed within ${noticeWithin} s`,
      isHeld: late(noticed) === 0,
      seen: late(noticed) > 0 ? `${late(noticed)} of ${reports.length} were not` : `at most ${worst(noticed)} s`,
    },
    {
      promise: `what it ran runs again elsewhere within ${againWithin} s`,
      isHeld: again.length === 0 ? null : late(again) === 0,
      seen:
        again.length === 0
          ? "not tried, as nothing was cut off"
          : late(again) > 0
            ? `${late(again)} of ${again.length} did not`
            : `at most ${worst(again)} s`,
    },
    {
      promise: "no app runs twice at once",
      isHeld: overlaps.size === 0,
      seen: overlaps.size === 0 ? "none did" : [...overlaps].slice(0, 5).join(", "),
    },
    {
      promise: "no app is parked because of it",
      isHeld: parked <= 0,
      seen: parked <= 0 ? "none was" : `${parked} were`,
    },
  ];
}

/** A worker that allows it, rather one that runs something. Another worker must be left. */
async function chooseVictim(kysely: Kysely<Tables>): Promise<Victim> {
  const { rows } = await sql<{ id: string; may_be_killed: boolean; running: number }>`
    select id, may_be_killed,
      (select count(*) from fleet.runs run where run.worker = worker.id and run.ended_at is null)::integer as running
    from fleet.workers worker
    where draining_at is null and kill_at is null
      and ${isAlive(DEFAULT_TIMING.deadAfter)}
  `.execute(kysely);
  const willing = rows.filter((row) => row.may_be_killed);
  if (rows.length < 2 || willing.length === 0)
    throw new Error(
      `A drill needs two workers, of which one was started with --allow-drill; the fleet has ${rows.length}, of which ` +
        `${willing.length} ${willing.length === 1 ? "allows" : "allow"} it. Drill a fleet for trials, not the one you rely on.`,
    );
  const busy = willing.filter(({ running }) => running > 0);
  const from = busy.length > 0 ? busy : willing;
  const { id } = from[Math.floor(Math.random() * from.length)]!;
  const runs = kysely.selectFrom("runs").select(["app", "kind", "generation"]).where("worker", "=", id);
  return { id, runs: await runs.where("ended_at", "is", null).execute() };
}

interface Watch {
  noticeWithin: number;
  againWithin: number;
  overlaps: Set<string>;
  signal: AbortSignal | undefined;
}

async function killAndWatch(
  kysely: Kysely<Tables>,
  victim: Victim,
  { noticeWithin, againWithin, overlaps, signal }: Watch,
): Promise<KillReport> {
  await sql`update fleet.workers set kill_at = now() where id = ${victim.id}`.execute(kysely);
  // It dies with its next heartbeat.
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  const until = async (limit: number, isSo: () => Promise<boolean>): Promise<number | undefined> => {
    while (!signal?.aborted) {
      for (const overlap of await findOverlaps(kysely)) overlaps.add(overlap);
      if (await isSo()) return seconds();
      if (seconds() > limit) return undefined;
      await sleep(LOOK_MS);
    }
    return undefined;
  };
  const noticed = await until(
    noticeWithin + DEFAULT_TIMING.heartbeat,
    async () => (await readOpen(kysely, victim.id)) === 0 && (await isKnownDead(kysely, victim.id)),
  );
  const cutOff = await readCutOff(kysely, victim.id);
  const again = await until(againWithin, async () => (await countNotAgain(kysely, cutOff)) === 0);
  return { noticed, again, cutOff: cutOff.length };
}

/** Whether a run of it was ended as crashed; if it ran nothing, whether it counts as gone. */
async function isKnownDead(kysely: Kysely<Tables>, worker: string): Promise<boolean> {
  if ((await readCutOff(kysely, worker)).length > 0) return true;
  const { rows } = await sql`
    select 1 from fleet.workers where id = ${worker}
      and ${isAlive(DEFAULT_TIMING.deadAfter)}
  `.execute(kysely);
  return rows.length === 0;
}

async function readOpen(kysely: Kysely<Tables>, worker: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from fleet.runs where worker = ${worker} and ended_at is null
  `.execute(kysely);
  return rows[0]?.count ?? 0;
}

function readCutOff(kysely: Kysely<Tables>, worker: string): Promise<Victim["runs"]> {
  const runs = kysely.selectFrom("runs").select(["app", "kind", "generation"]).where("worker", "=", worker);
  return runs.where("ended_how", "=", "crashed").execute();
}

/** Runs that were cut off and have not begun again. A person who paused the app keeps it from that. */
async function countNotAgain(kysely: Kysely<Tables>, runs: Victim["runs"]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count
    from unnest(${runs.map(({ app }) => app)}::text[], ${runs.map(({ kind }) => kind)}::text[],
      ${runs.map(({ generation }) => generation)}::bigint[]) cut (app, kind, generation)
    join fleet.apps app on app.id = cut.app and app.paused_at is null
    where not exists (
      select from fleet.runs run
      where run.app = cut.app and run.kind = cut.kind and run.generation > cut.generation
    )
  `.execute(kysely);
  return rows[0]?.count ?? 0;
}

/** Apps of which a run began before the one before it had ended. */
async function findOverlaps(kysely: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ app: string }>`
    select distinct later.app from fleet.runs later
    join fleet.runs earlier on earlier.app = later.app and earlier.kind = later.kind
      and earlier.generation = later.generation - 1
    where later.started_at > now() - interval '1 hour'
      and (earlier.ended_at is null or earlier.ended_at > later.started_at)
  `.execute(kysely);
  return rows.map(({ app }) => app);
}

async function countParked(kysely: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from fleet.apps where parked_at is not null
  `.execute(kysely);
  return rows[0]?.count ?? 0;
}

function toSeen(seconds: number | undefined): string {
  return seconds === undefined ? "too late" : `after ${seconds.toFixed(1)} s`;
}
