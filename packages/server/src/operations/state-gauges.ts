import { Gauge, type Registry } from "prom-client";
import type { ConnectionLoad } from "../database/database.ts";
import type { State } from "./state.ts";

/** The sources of the gauges. */
export interface StateSources {
  state: () => Promise<State>;
  /** The database connections. */
  load: () => ConnectionLoad;
  /** Seconds since the last complete run of the retention. */
  retentionLag: () => number;
}

/** What operators alert on: the state in the database and that of this process. */
export function addStateGauges(registers: Registry[]): {
  showState: (state: State) => void;
  showProcess: (sources: StateSources) => void;
} {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const sessions = new Gauge({
    name: "bridge_sessions",
    help: "Sessions waiting for an administrator, up to 10,000.",
    labelNames: ["state"] as const,
    registers,
  });
  const syncAge = new Gauge({
    name: "bridge_app_last_sync_age_seconds",
    help: "Time since an app's last completed sync, for the apps with the longest time; `other` is the next one.",
    labelNames: ["app_id"] as const,
    registers,
  });
  const task = gauge("bridge_oldest_pending_task_age_seconds", "How long the oldest open task has been due.");
  const deletion = gauge(
    "bridge_oldest_deletion_age_seconds",
    "How long the oldest background deletion has been waiting.",
  );
  const readOnly = gauge("bridge_database_read_only", "1 if the database allows no changes now, like a standby.");
  const lag = gauge("bridge_retention_lag_seconds", "Time since the last complete run of the retention.");
  const waiting = gauge("bridge_database_waiting", "Requests waiting for a database connection.");
  const connections = new Gauge({
    name: "bridge_database_connections",
    help: "Database connections.",
    labelNames: ["state"] as const,
    registers,
  });

  function showState(state: State): void {
    sessions.set({ state: "held" }, state.sessions.held);
    sessions.set({ state: "failed" }, state.sessions.failed);
    syncAge.reset();
    for (const { appId, seconds } of state.syncAges) syncAge.set({ app_id: appId ?? "other" }, seconds);
    task.set(state.oldestPendingTask);
    deletion.set(state.oldestDeletion);
    readOnly.set(Number(state.isReadOnly));
  }

  function showProcess({ load, retentionLag }: StateSources): void {
    const { busy, idle, waiting: waiters } = load();
    waiting.set(waiters);
    connections.set({ state: "busy" }, busy);
    connections.set({ state: "idle" }, idle);
    lag.set(retentionLag());
  }

  return { showState, showProcess };
}
