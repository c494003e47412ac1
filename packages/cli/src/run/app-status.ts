import type { Incomplete, SyncResult } from "@bridgekit/core/run";
import type { RunReporter } from "../output/reporter.ts";

/** The state of an app in `bridgekit run`. */
export interface AppStatus {
  readonly key: string;
  readonly name: string;
  /** `opening`: not connected yet. `waiting`: its sync is due, and others are in progress. */
  state: "opening" | "idle" | "waiting" | "syncing" | "stopped";
  /** The app can't be opened or its last sync failed. */
  isFailing: boolean;
  /** Absent until the app is opened. */
  appId?: string;
  lastSync?: {
    startedAt: Date;
    endedAt: Date;
    /** `updated`: only changes were read. `abandoned`: something was missing. Neither removes anybody. */
    status: SyncResult["status"] | "failed" | "stopped";
    /** Number of records by slug; empty if the sync failed. */
    pushed: Readonly<Record<string, number>>;
    /** Why the sync was abandoned. */
    missing: readonly string[];
  };
  /** Since when the app has not been read completely, so that nobody is removed; absent after a complete sync. */
  incomplete?: Incomplete | undefined;
  nextSyncAt?: Date;
  /** The last error, kept after the app recovers. */
  lastError?: { at: Date; message: string };
  /** Since the process started. */
  readonly tasks: { completed: number; failed: number };
}

export function createAppStatus(key: string, name: string): AppStatus {
  return { key, name, state: "opening", isFailing: false, tasks: { completed: 0, failed: 0 } };
}

/** Returns a reporter for one app that also keeps its status up to date. */
export function trackStatus(status: AppStatus, reporter: RunReporter): RunReporter {
  let startedAt = new Date();
  const remember = (message: string) => void (status.lastError = { at: new Date(), message });
  const failed = (message: string) => {
    status.isFailing = true;
    remember(message);
  };
  const syncEnded = (
    outcome: NonNullable<AppStatus["lastSync"]>["status"],
    { pushed = {}, missing = [] }: Partial<Pick<SyncResult, "pushed" | "missing">> = {},
  ) => {
    status.state = "idle";
    status.lastSync = { startedAt, endedAt: new Date(), status: outcome, pushed, missing };
  };
  return {
    ...reporter,
    syncScheduled(app, at) {
      status.state = "idle";
      status.nextSyncAt = at;
      reporter.syncScheduled(app, at);
    },
    syncQueued(app) {
      status.state = "waiting";
      reporter.syncQueued(app);
    },
    syncStarted(app) {
      status.state = "syncing";
      startedAt = new Date();
      reporter.syncStarted(app);
    },
    syncEnded(app, result) {
      status.isFailing = false;
      status.incomplete = result.incomplete;
      syncEnded(result.status, result);
      reporter.syncEnded(app, result);
    },
    syncStopped(app, message) {
      syncEnded("stopped");
      reporter.syncStopped(app, message);
    },
    failed(message, app) {
      if (status.state === "syncing") syncEnded("failed");
      failed(message);
      reporter.failed(message, app);
    },
    openFailed(app, message, nextTry) {
      failed(message);
      reporter.openFailed(app, message, nextTry);
    },
    taskEnded(app, task, outcome) {
      status.tasks[outcome.status]++;
      reporter.taskEnded(app, task, outcome);
    },
    loggerOf(app) {
      const logger = reporter.loggerOf(app);
      return {
        debug: (fields, message) => logger.debug(fields, message),
        info: (fields, message) => logger.info(fields, message),
        warn: (fields, message) => logger.warn(fields, message),
        error(fields, message) {
          remember("error" in fields ? `${message}: ${String(fields.error)}` : message);
          logger.error(fields, message);
        },
      };
    },
  };
}
