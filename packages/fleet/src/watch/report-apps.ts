import { type AppRunnerReport, isNotOffered, type RunnerOrderList } from "@bridgekit/client";
import { sql } from "kysely";
import type { FleetOrg } from "../fleet-app.ts";
import type { WorkerContext } from "../worker/context.ts";
import { carryOutOrders } from "./carry-out-orders.ts";
import { readFleetId, readWorkers } from "./read-workers.ts";

/** As many as a call may have. */
const BATCH = 1_000;

interface ReportRow {
  id: string;
  app_id: string;
  worker: string | null;
  next_run_at: Date | null;
  paused_at: Date | null;
  parked_at: Date | null;
  failures: number;
}

/**
 * Tells a Bridge which workers there are, where the apps of an organisation run and when next, if something of it has changed,
 * and carries out what people order there.
 */
export class AppReporter {
  readonly #context: WorkerContext;
  readonly #org: FleetOrg;
  /** What the Bridge knows, as JSON, by the app's id in the fleet. */
  readonly #known = new Map<string, string>();
  /** The workers that the Bridge knows, as JSON, and when they were reported. */
  #knownWorkers = { text: "", at: -Infinity };
  #fleetId: string | undefined;
  #isOffered = true;

  constructor(context: WorkerContext, org: FleetOrg) {
    this.#context = context;
    this.#org = org;
  }

  async report(signal: AbortSignal): Promise<void> {
    let after = "";
    while (this.#isOffered && !signal.aborted) {
      const rows = await this.#read(after);
      const changed = rows.filter((row) => this.#known.get(row.id) !== JSON.stringify(toReport(row)));
      if (changed.length > 0) await this.#send(changed, signal);
      if (rows.length < BATCH) break;
      after = rows.at(-1)!.id;
    }
    if (this.#isOffered && !signal.aborted) await this.#reportWorkers(signal);
  }

  /** What was carried out is reported before the Bridge forgets the order, so that it is always seen as one of the two. */
  async takeOrders(signal: AbortSignal): Promise<void> {
    let carriedOut: string[] = [];
    while (this.#isOffered && !signal.aborted) {
      const fleet = { id: await this.#readFleetId() };
      const orders = await this.#call([], { signal, carriedOut, fleet });
      if (!orders) return;
      const done = await carryOutOrders(this.#context, this.#org, orders);
      if (done.length === 0) return;
      await this.report(signal);
      carriedOut = done;
    }
  }

  /** Undefined, and no further calls, if the Bridge has no such one: it is not in the published protocol. */
  async #call(...call: Parameters<FleetOrg["bridge"]["reportRunners"]>): Promise<RunnerOrderList | undefined> {
    try {
      return await this.#org.bridge.reportRunners(...call);
    } catch (error) {
      if (!isNotOffered(error)) throw error;
      this.#isOffered = false;
      return undefined;
    }
  }

  async #send(rows: readonly ReportRow[], signal: AbortSignal): Promise<void> {
    if (!(await this.#call(rows.map(toReport), { signal }))) return;
    for (const row of rows) this.#known.set(row.id, JSON.stringify(toReport(row)));
  }

  /** Now and then even if nothing has changed: a fleet that is silent for minutes counts as lost. */
  async #reportWorkers(signal: AbortSignal): Promise<void> {
    const { database, timing } = this.#context;
    const workers = await readWorkers(database.kysely, { org: this.#org.url, deadAfter: timing.deadAfter });
    const text = JSON.stringify(workers);
    const at = performance.now();
    if (text === this.#knownWorkers.text && at < this.#knownWorkers.at + timing.sweep * 1000) return;
    await this.#call([], { signal, fleet: { id: await this.#readFleetId(), workers } });
    this.#knownWorkers = { text, at };
  }

  async #readFleetId(): Promise<string> {
    this.#fleetId ??= await readFleetId(this.#context.database.kysely);
    return this.#fleetId;
  }

  async #read(after: string): Promise<ReportRow[]> {
    const syncs = sql`from fleet.runs where app = app.id and kind = 'sync'`;
    const { rows } = await sql<ReportRow>`
      select app.id, app.bridge_app_id as app_id, app.next_run_at, app.paused_at, app.parked_at,
        (select worker.id from fleet.workers worker
          where worker.id = (select worker ${syncs} order by generation desc limit 1)) as worker,
        (select count(*)::int ${syncs} and ended_how in ('failed', 'crashed') and generation > coalesce(
          (select max(generation) ${syncs} and ended_how = 'done'), 0)) as failures
      from fleet.apps app
      where app.org = ${this.#org.url} and app.id > ${after} and app.bridge_app_id is not null
      order by app.id limit ${BATCH}
    `.execute(this.#context.database.kysely);
    return rows;
  }
}

function toReport({ app_id, worker, next_run_at, paused_at, parked_at, failures }: ReportRow): AppRunnerReport {
  return {
    app_id,
    worker: worker?.slice(0, 255) ?? null,
    next_run_at: next_run_at?.toISOString() ?? null,
    paused_at: paused_at?.toISOString() ?? null,
    parked_at: parked_at?.toISOString() ?? null,
    failures,
    takes_orders: true,
  };
}
