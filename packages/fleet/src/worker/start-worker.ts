import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "@bridgekit/core";
import { silentLogger } from "@bridgekit/core/run";
import { PgBoss } from "pg-boss";
import { registerApps, seeApps } from "../apps/register-apps.ts";
import type { FleetDatabase } from "../database/open-database.ts";
import { toAppId, type FleetApp, type FleetOrg } from "../fleet-app.ts";
import { checkZone, declareQueues, DEFAULT_ZONE, TICK_QUEUE } from "../queues/queues.ts";
import { runTick, tidy } from "../tick/run-tick.ts";
import { DEFAULT_TIMING, type FleetTiming } from "../timing.ts";
import { startWatching } from "../watch/start-watching.ts";
import type { WorkerContext } from "./context.ts";
import { Heart } from "./heart.ts";
import { JobLoop } from "./job-loop.ts";

export interface WorkerOptions {
  database: FleetDatabase;
  apps: readonly FleetApp[];
  /** The organisations of the apps. */
  orgs: readonly FleetOrg[];
  /** Runs at a time; 4 by default. */
  capacity?: number;
  /** The zones whose apps it runs; by default those of apps that name none. */
  zones?: readonly string[];
  logger?: Logger;
  timing?: Partial<FleetTiming>;
}

export interface Worker {
  id: string;
  /** Runs in progress. */
  running: () => { app: string; kind: string }[];
  /**
   * Takes no more jobs, waits until what runs has ended, and aborts the rest after the grace period. The runs that were
   * aborted begin again elsewhere.
   */
  drain: (graceSeconds: number) => Promise<void>;
}

/** Starts a worker: it registers its apps, takes jobs and runs them until it is drained. */
export async function startWorker({
  database,
  apps,
  orgs,
  capacity = 4,
  zones = [DEFAULT_ZONE],
  logger = silentLogger,
  timing: given = {},
}: WorkerOptions): Promise<Worker> {
  const timing = { ...DEFAULT_TIMING, ...given };
  const id = `${hostname().slice(0, 100)}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const boss = await startBoss(database, { logger, zones: [...zones, ...apps.map(({ zone }) => zone)] });
  const worker = { id, host: hostname(), pid: process.pid, capacity, zones };
  const heart = new Heart({ worker, database, boss, logger, timing });
  const context: WorkerContext = {
    id,
    database,
    boss,
    logger,
    timing,
    heart,
    apps: new Map(apps.map((app) => [toAppId(app), app])),
    orgs: new Map(orgs.map((org) => [org.url, org])),
  };
  await registerApps(database.kysely, apps);
  await heart.beat();

  const stopping = new AbortController();
  const beating = keepBeating(context, stopping.signal);
  await boss.work(TICK_QUEUE, { pollingIntervalSeconds: Math.max(0.5, timing.tick / 2) }, async () => {
    await orderTick(context);
    await runTick(context);
  });
  const watching = startWatching(context);
  const loop = new JobLoop({ context, capacity, zones });
  loop.start();

  return {
    id,
    running: () => [...heart.runs].map(({ app, kind }) => ({ app, kind })),
    async drain(graceSeconds) {
      await heart.drain().catch(() => undefined);
      await Promise.all([boss.offWork(TICK_QUEUE), loop.stop(), watching.stop()]);
      const grace = new AbortController();
      const ended = loop.whenIdle().then(() => grace.abort());
      await sleep(graceSeconds * 1000, undefined, { signal: grace.signal }).catch(() => undefined);
      for (const run of heart.runs) run.stop();
      await ended;
      stopping.abort();
      await beating;
      await database.kysely
        .deleteFrom("workers")
        .where("id", "=", id)
        .execute()
        .catch(() => undefined);
      await boss.stop({ graceful: false, close: false });
    },
  };
}

const SUPERVISE_SECONDS = 10;

async function startBoss(
  { jobOptions }: FleetDatabase,
  { logger, zones }: { logger: Logger; zones: readonly string[] },
): Promise<PgBoss> {
  const boss = new PgBoss({
    ...jobOptions,
    schedule: false,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    maintenanceIntervalSeconds: 600,
  });
  boss.on("error", (error) => logger.warn({ error: error.message }, "the job engine reported an error"));
  await boss.start();
  try {
    await declareQueues(boss, new Set(zones.map(checkZone)));
  } catch (error) {
    await boss.stop({ graceful: false, close: false });
    throw error;
  }
  return boss;
}

/** The next tick is ordered before this one is carried out, so that it comes even if this one fails. */
async function orderTick({ boss, timing }: WorkerContext): Promise<void> {
  await boss.send(TICK_QUEUE, {}, { startAfter: timing.tick });
}

async function keepBeating(context: WorkerContext, signal: AbortSignal): Promise<void> {
  const { heart, timing, logger, apps, database } = context;
  const ids = [...apps.keys()];
  // A call that hangs must not keep the runs from being aborted in time.
  const guard = setInterval(() => heart.check(), 1000);
  for (;;) {
    await heart.beat();
    try {
      await orderTick(context);
      await tidy(context);
      await seeApps(database.kysely, ids);
    } catch (error) {
      logger.warn({ error: (error as Error).message }, "the regular work of the worker failed");
    }
    await sleep(timing.heartbeat * 1000, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
  }
  clearInterval(guard);
}
