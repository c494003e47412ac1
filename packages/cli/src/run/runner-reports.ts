import { type AppRunnerReport, type BridgeClient, isNotOffered, type RunnerOrder } from "@bridgekit/client";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { AppControl } from "./app-control.ts";

interface Reported {
  control: AppControl;
  name: string;
  nextRunAt: Date | null;
  failures: number;
}

interface ReportsOptions {
  bridge: BridgeClient;
  /** Told of each order that was carried out. */
  onOrder: (order: RunnerOrder["order"], app: string) => void;
}

/** As many as a call may have. */
const BATCH = 1000;
const TIMEOUT_MS = 10_000;
const LOOK_MS = 5000;

/**
 * Tells the Bridge when apps run next, and carries out what people order of them there. No run depends on it: a Bridge that has
 * no such call is not asked again.
 */
export class RunnerReports {
  readonly #options: ReportsOptions;
  readonly #apps = new Map<string, Reported>();
  readonly #changed = new Set<string>();

  constructor(options: ReportsOptions) {
    this.#options = options;
  }

  /** Keeps what is reported of an app. */
  set(appId: string, reported: Reported): void {
    this.#apps.set(appId, reported);
    this.#changed.add(appId);
  }

  /** Reports until the signal aborts; never throws. */
  async keep(signal: AbortSignal): Promise<void> {
    let carriedOut: string[] = [];
    while (!signal.aborted) {
      const sent = [...this.#changed].slice(0, BATCH);
      for (const appId of sent) this.#changed.delete(appId);
      try {
        const reports = sent.map((appId) => toReport(appId, this.#apps.get(appId)!));
        const limited = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
        const { orders } = await this.#options.bridge.reportRunners(reports, { carriedOut, signal: limited });
        carriedOut = await this.#carryOut(orders);
        // The next call says both what has become of an app and that the order is done.
        if (carriedOut.length > 0) continue;
      } catch (error) {
        if (isNotOffered(error)) return;
        for (const appId of sent) this.#changed.add(appId);
      }
      await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Returns the ids of the orders for apps of this process. */
  async #carryOut(orders: readonly RunnerOrder[]): Promise<string[]> {
    const done: string[] = [];
    for (const { id, app_id, order } of orders) {
      const app = this.#apps.get(app_id);
      if (!app) continue;
      await carryOut(order, app.control);
      this.#changed.add(app_id);
      this.#options.onOrder(order, app.name);
      done.push(id);
    }
    return done;
  }
}

async function carryOut(order: RunnerOrder["order"], control: AppControl): Promise<void> {
  switch (order) {
    case "pause":
      return control.pause();
    case "resume":
      return control.resume();
    case "run_now":
      return control.runNow();
    default:
      order satisfies never;
  }
}

function toReport(appId: string, { control, nextRunAt, failures }: Reported): AppRunnerReport {
  return {
    app_id: appId,
    worker: hostname().slice(0, 255),
    next_run_at: nextRunAt?.toISOString() ?? null,
    paused_at: control.pausedAt?.toISOString() ?? null,
    parked_at: null,
    failures,
    takes_orders: true,
  };
}
