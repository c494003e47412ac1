import { setTimeout as sleep } from "node:timers/promises";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { OperationId } from "../http/operation.ts";
import { addStateGauges, type StateSources } from "./state-gauges.ts";

/** The outcome of one reconciliation; `failed` counts attempts. */
type ReconciliationOutcome = "completed" | "abandoned" | "held" | "failed";

/** Counts the apps with background work left. */
interface Backlog {
  appsToReconcile(): Promise<number>;
  appsToIndex(): Promise<number>;
}

/** A completed request; without an operation it was for health, metrics or the contract, or for nothing. */
interface HandledRequest {
  operation: OperationId | undefined;
  method: string;
  status: number;
  seconds: number;
}

/**
 * Metrics for Prometheus. Labels name operations, outcomes and the ids of a few apps, never an organisation or a key.
 */
export interface Metrics {
  requestBegan(): void;
  requestEnded(request: HandledRequest): void;
  pageStaged(recordCount: number): void;
  reconciliationEnded(outcome: ReconciliationOutcome, seconds: number): void;
  indexFailed(): void;
  /** Sets where to read the background work at each scrape. */
  watchBacklog(backlog: Backlog): void;
  /** Sets where to read the number of event listeners at each scrape. */
  watchListeners(count: () => number): void;
  /** Sets where to read the state that alerts use at each scrape. */
  watchState(sources: StateSources): void;
  /** Prometheus' text format. */
  render(): Promise<{ text: string; contentType: string }>;
}

const DATABASE_LIMIT_MS = 2_000;

// Clients may invent methods, and each would become a series.
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** A registry per Bridge, so that several in one process do not collide. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const duration = new Histogram({
    name: "bridge_request_duration_seconds",
    help: "Time from a request to its response.",
    labelNames: ["operation", "method", "status"] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const open = new Gauge({
    name: "bridge_requests_open",
    help: "Requests in flight, long polls included.",
    registers,
  });
  const pages = new Counter({ name: "bridge_pages_staged_total", help: "Pages staged.", registers });
  const records = new Counter({ name: "bridge_records_staged_total", help: "Records in staged pages.", registers });
  const reconciliations = new Histogram({
    name: "bridge_reconciliation_duration_seconds",
    help: "Duration of reconciliations, by outcome.",
    labelNames: ["outcome"] as const,
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300],
    registers,
  });
  const indexFailures = new Counter({
    name: "bridge_index_failures_total",
    help: "Failed attempts to update an app's index of members.",
    registers,
  });
  let countListeners = () => 0;
  const listeners = new Gauge({
    name: "bridge_event_listeners",
    help: "Event streams and long polls that are open.",
    registers,
  });
  const { showState, showProcess } = addStateGauges(registers);
  let sources: StateSources | undefined;
  let backlog: Backlog | undefined;
  const appsToReconcile = new Gauge({
    name: "bridge_apps_to_reconcile",
    help: "Apps with an ended session that is not reconciled yet.",
    registers,
  });
  const appsToIndex = new Gauge({
    name: "bridge_apps_to_index",
    help: "Apps whose index of members is behind their records.",
    registers,
  });

  async function askDatabase(): Promise<void> {
    if (backlog !== undefined) {
      appsToReconcile.set(await backlog.appsToReconcile());
      appsToIndex.set(await backlog.appsToIndex());
    }
    if (sources !== undefined) showState(await sources.state());
  }

  // Anybody may scrape: simultaneous scrapes share one query. While the database does not respond, they get the last
  // values and the current number of waiting callers, which matters most then.
  let asking: Promise<void> | undefined;
  async function refresh(): Promise<void> {
    listeners.set(countListeners());
    if (sources !== undefined) showProcess(sources);
    asking ??= askDatabase()
      .catch(() => {})
      .finally(() => (asking = undefined));
    const timer = new AbortController();
    await Promise.race([asking, sleep(DATABASE_LIMIT_MS, undefined, { signal: timer.signal }).catch(() => {})]);
    timer.abort();
  }

  return {
    watchBacklog: (watched) => void (backlog = watched),
    watchState: (watched) => void (sources = watched),
    watchListeners: (count) => void (countListeners = count),
    requestBegan: () => open.inc(),
    requestEnded({ operation, method, status, seconds }) {
      open.dec();
      const labels = {
        operation: operation ?? "none",
        method: METHODS.has(method) ? method : "other",
        status: `${Math.floor(status / 100)}xx`,
      };
      duration.observe(labels, seconds);
    },
    pageStaged(recordCount) {
      pages.inc();
      records.inc(recordCount);
    },
    indexFailed: () => indexFailures.inc(),
    reconciliationEnded: (outcome, seconds) => reconciliations.observe({ outcome }, seconds),
    async render() {
      await refresh();
      const merged = Registry.merge([processRegistry(), registry]);
      return { text: await merged.metrics(), contentType: merged.contentType };
    },
  };
}

let sharedRegistry: Registry | undefined;

/**
 * Memory, garbage collection and event loop belong to the process: they are watched once, however many Bridges it runs.
 */
function processRegistry(): Registry {
  if (sharedRegistry === undefined) {
    sharedRegistry = new Registry();
    collectDefaultMetrics({ register: sharedRegistry });
  }
  return sharedRegistry;
}
