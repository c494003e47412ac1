import type { Logger } from "@bridgekit/core";
import type { PgBoss } from "pg-boss";
import type { FleetDatabase } from "../database/open-database.ts";
import type { FleetApp, FleetOrg } from "../fleet-app.ts";
import type { FleetTiming } from "../timing.ts";
import type { Heart } from "./heart.ts";

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
}
