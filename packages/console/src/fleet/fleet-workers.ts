import type { Worker } from "@bridgekit/client";
import { type FleetApp, isFailing } from "./fleet-apps.ts";

/** A process that runs apps. */
export interface FleetWorker {
  name: string;
  /** What its fleet reported of it; undefined of a process that belongs to none. */
  known: Worker | undefined;
  /** Apps that it ran last. */
  apps: number;
  /** Of these, the ones whose sync runs. */
  running: number;
  failing: number;
  /** The last report about it. */
  reportedAt: string;
}

/** The workers by name: those that fleets report, and others that apps say they ran on. */
export function toWorkers(known: readonly Worker[], apps: readonly FleetApp[]): FleetWorker[] {
  const none = { apps: 0, running: 0, failing: 0 };
  const workers = new Map<string, FleetWorker>(
    known.map((worker) => [worker.name, { name: worker.name, known: worker, ...none, reportedAt: worker.reported_at }]),
  );
  for (const app of apps) {
    const { worker: name, reported_at: reportedAt } = app.runner;
    if (name === null) continue;
    const worker = workers.get(name) ?? { name, known: undefined, ...none, reportedAt };
    worker.apps += 1;
    if (app.open_session !== null) worker.running += 1;
    if (isFailing(app)) worker.failing += 1;
    if (reportedAt > worker.reportedAt) worker.reportedAt = reportedAt;
    workers.set(name, worker);
  }
  return [...workers.values()].toSorted((one, other) => one.name.localeCompare(other.name));
}
