import type { Logger } from "@bridgekit/core";
import type { Job, PgBoss } from "pg-boss";
import type { FleetDatabase } from "../database/open-database.ts";
import type { RunKind } from "../database/tables.ts";
import type { FleetApp, FleetOrg } from "../fleet-app.ts";
import type { RunOrder } from "../queues/queues.ts";
import type { FleetTiming } from "../timing.ts";
import type { Heart } from "./heart.ts";

/** A job of an app, without what only the job engine needs. */
export type TakenJob = Pick<Job<RunOrder>, "id" | "name" | "data">;

/** A job that runs in a process of its own; it may be written as JSON. */
export interface AloneJob {
  /** Id of that process as a worker. */
  worker: string;
  kind: RunKind;
  job: TakenJob;
}

/** Starts a process that calls `runAlone`, and resolves once it has ended in any way. Stops it if the signal aborts. */
export type Isolate = (job: AloneJob, signal: AbortSignal) => Promise<void>;

/** What the parts of a worker share. */
export interface WorkerContext {
  id: string;
  database: FleetDatabase;
  boss: PgBoss;
  logger: Logger;
  timing: FleetTiming;
  /** By their id in the fleet. */
  apps: ReadonlyMap<string, FleetApp>;
  /** By their URL. */
  orgs: ReadonlyMap<string, FleetOrg>;
  heart: Heart;
  isolate: Isolate | undefined;
  /** Aborts when a drain runs out of patience. */
  aborting: AbortSignal;
}
