import { Gauge, type Registry } from "prom-client";
import type { ConnectionLoad } from "../database/database.ts";
import type { State } from "./state.ts";

/** Where the gauges get what they show. */
export interface StateSources {
  state: () => Promise<State>;
  /** Of the connections to the database. */
  load: () => ConnectionLoad;
  /** Seconds since the last run of the retention that came to its end. */
  retentionLag: () => number;
}

/** What an operator alerts on: what the database says, and what this process knows by itself. */
export function addStateGauges(registers: Registry[]): {
  showState: (state: State) => void;
  showProcess: (sources: StateSources) => void;
} {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const sessions = new Gauge({
    name: "bridge_sessions",
    help: "Sessions that wait for an administrator, up to 10,000.",
    labelNames: ["state"] as const,
    registers,
  });
  const syncAge = new Gauge({
    name: "bridge_app_last_sync_age_seconds",
    help: "Time since the last completed sync of an app: of those where it is longest, and of the next one as other.",
    labelNames: ["app_id"] as const,
    registers,
  });
  const task = gauge("bridge_oldest_pending_task_age_seconds", "For how long the oldest open task has been due.");
  const deletion = gauge(
    "bridge_oldest_deletion_age_seconds",
    "For how long what was deleted waits for its rows to go.",
  );
  const lag = gauge("bridge_retention_lag_seconds", "Time since the retention deleted all that was to go.");
  const waiting = gauge("bridge_database_waiting", "Requests that wait for a connection to the database.");
  const connections = new Gauge({
    name: "bridge_database_connections",
    help: "Connections to the database.",
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
