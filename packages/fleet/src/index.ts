export {
  openDatabase,
  type FleetBackend,
  type FleetDatabase,
  type FleetDatabaseOptions,
} from "./database/open-database.ts";
export {
  toAppId,
  type FleetApp,
  type FleetOrg,
  type FleetSchedule,
  type OpenedFleetApp,
  type RunReport,
  type SyncTools,
  type TaskTools,
} from "./fleet-app.ts";
export type { FleetTiming } from "./timing.ts";
export { startWorker, type Worker, type WorkerOptions } from "./worker/start-worker.ts";
export { importState, type ImportResult, type KeptState } from "./state/import-state.ts";
