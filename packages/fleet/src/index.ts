export {
  openDatabase,
  type FleetBackend,
  type FleetDatabase,
  type FleetDatabaseOptions,
} from "./database/open-database.ts";
export { runDrill, type DrillOptions, type DrillPromise } from "./drill/run-drill.ts";
export {
  toAppId,
  type DeletedApp,
  type FleetApp,
  type FleetOrg,
  type FleetSchedule,
  type OpenedFleetApp,
  type RunReport,
  type SyncTools,
  type TaskTools,
} from "./fleet-app.ts";
export { openLimits, type FleetLimits } from "./limits/open-limits.ts";
export { DEFAULT_TIMING, type FleetTiming } from "./timing.ts";
export { importState, type ImportResult, type KeptState } from "./state/import-state.ts";
export {
  openFleet,
  type AppFilter,
  type AppState,
  type AppStatus,
  type Fleet,
  type FleetSummary,
  type WorkerStatus,
} from "./status/open-fleet.ts";
export type { AppChoice } from "./status/app-choice.ts";
export type { AloneJob, Isolate } from "./worker/context.ts";
export type { WorkerOptions } from "./worker/open-context.ts";
export { runAlone } from "./worker/run-alone.ts";
export { startWorker, type Worker } from "./worker/start-worker.ts";
