import type { Logger } from "@bridgekit/core";
import { silentLogger } from "@bridgekit/core/run";
import { PgBoss } from "pg-boss";
import type { FleetDatabase } from "../database/open-database.ts";
import { toAppId, type FleetApp, type FleetOrg } from "../fleet-app.ts";
import { checkZone, declareQueues } from "../queues/queues.ts";
import { DEFAULT_TIMING, type FleetTiming } from "../timing.ts";
import type { Isolate, WorkerContext } from "./context.ts";
import { Heart, type WorkerRow } from "./heart.ts";

export interface WorkerOptions {
  database: FleetDatabase;
  apps: readonly FleetApp[];
  /** The organisations of the apps. */
  orgs: readonly FleetOrg[];
  /** Runs at a time; 4 by default. One more may carry out tasks. */
  capacity?: number;
  /** The zones whose apps it runs; by default those of apps that name none. */
  zones?: readonly string[];
  logger?: Logger;
  timing?: Partial<FleetTiming>;
  /** Lets a drill kill the worker: how it dies at once, with whatever it runs. */
  die?: () => void;
  /**
   * Runs a job in a process of its own, for an app whose last worker died. Without it such an app runs beside the others, and
   * may take them down again before it is parked.
   */
  isolate?: Isolate;
}

/** Starts the job engine, and what the parts of a worker share. */
export async function openContext(
  options: Pick<WorkerOptions, "database" | "apps" | "orgs" | "logger" | "timing" | "isolate">,
  worker: WorkerRow,
): Promise<{ context: WorkerContext; abort: () => void; close: () => Promise<void> }> {
  const { database, apps, orgs, logger = silentLogger, isolate } = options;
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const boss = await startBoss(database, { logger, zones: [...worker.zones, ...apps.map(({ zone }) => zone)] });
  const aborting = new AbortController();
  const context: WorkerContext = {
    id: worker.id,
    database,
    boss,
    logger,
    timing,
    heart: new Heart({ worker, database, boss, logger, timing }),
    apps: new Map(apps.map((app) => [toAppId(app), app])),
    orgs: new Map(orgs.map((org) => [org.url, org])),
    isolate,
    aborting: aborting.signal,
  };
  const close = async () => {
    const row = database.kysely.deleteFrom("workers").where("id", "=", worker.id);
    await row.execute().catch(() => undefined);
    await boss.stop({ graceful: false, close: false });
  };
  return { context, abort: () => aborting.abort(), close };
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
