import { sql } from "kysely";
import type { Logger } from "@bridgekit/core";
import type { PgBoss } from "pg-boss";
import type { FleetDatabase } from "../database/open-database.ts";
import type { FleetTiming } from "../timing.ts";
import type { LiveRun } from "./live-run.ts";

/** What the fleet knows of a worker. */
export interface WorkerRow {
  id: string;
  host: string;
  pid: number;
  capacity: number;
  zones: readonly string[];
  /** Kills the process for a drill; absent if it may not be killed. */
  die?: (() => void) | undefined;
}

interface HeartOptions {
  worker: WorkerRow;
  database: FleetDatabase;
  boss: PgBoss;
  logger: Logger;
  timing: FleetTiming;
}

/** Says that a worker is alive, for all its runs in one statement, and aborts them if it can't. */
export class Heart {
  readonly runs = new Set<LiveRun>();
  /** Jobs that were taken and are no runs: their queue by their id. */
  readonly jobs = new Map<string, string>();
  readonly #options: HeartOptions;
  #beatAt = performance.now();
  #steadySince = performance.now();
  #isDraining = false;
  readonly #askedToDrain = Promise.withResolvers<void>();
  /** Resolves once a person has asked the worker to drain. */
  readonly whenAskedToDrain = this.#askedToDrain.promise;

  constructor(options: HeartOptions) {
    this.#options = options;
  }

  /** For how long the heartbeats have succeeded without a gap; 0 within one, whatever the next one finds. */
  steadySeconds(): number {
    const now = performance.now();
    return this.#isGap(now) ? 0 : (now - this.#steadySince) / 1000;
  }

  #isGap(now: number): boolean {
    return now - this.#beatAt > this.#options.timing.abortAfter * 500;
  }

  drain(): Promise<void> {
    this.#isDraining = true;
    return this.#writeWorker();
  }

  /** Never throws: a failure is logged, and ends the runs once it has lasted too long. */
  async beat(): Promise<void> {
    const { logger } = this.#options;
    const startedAt = performance.now();
    try {
      const known = new Set(this.runs);
      await this.#writeWorker();
      const alive = await this.#writeRuns();
      await this.#touchJobs();
      // From before the request: the others count from when it arrived, which is later.
      if (this.#isGap(startedAt)) this.#steadySince = startedAt;
      this.#beatAt = startedAt;
      for (const run of known)
        if (run.isCounted && !alive.has(run.key)) run.lose("another worker may have taken it over");
    } catch (error) {
      logger.warn({ error: (error as Error).message }, "the heartbeat could not be written");
    }
    this.check();
  }

  /** Aborts the runs if the last heartbeat is too old. */
  check(): void {
    const { timing } = this.#options;
    if (performance.now() - this.#beatAt <= timing.abortAfter * 1000) return;
    for (const run of this.runs) run.lose(`the heartbeat could not be written for ${timing.abortAfter} seconds`);
  }

  async #writeWorker(): Promise<void> {
    const { database, worker } = this.#options;
    const { id, host, pid, capacity, zones, die } = worker;
    const { rows } = await sql<{ draining_at: Date | null; kill_at: Date | null }>`
      insert into fleet.workers as worker (id, host, pid, capacity, zones, started_at, heartbeat_at, may_be_killed)
      values (${id}, ${host}, ${pid}, ${capacity}, ${zones.join(",")}, now(), now(), ${die !== undefined})
      on conflict (id) do update set heartbeat_at = now(),
        draining_at = coalesce(worker.draining_at, case when ${this.#isDraining}::boolean then now() end)
      returning draining_at, kill_at
    `.execute(database.kysely);
    if (rows[0]?.kill_at) die?.();
    if (rows[0]?.draining_at) this.#askedToDrain.resolve();
  }

  async #writeRuns(): Promise<Set<string>> {
    const { database, worker } = this.#options;
    if (this.runs.size === 0) return new Set();
    const { rows } = await sql<{ app: string; kind: string; generation: number }>`
      update fleet.runs set heartbeat_at = now() where worker = ${worker.id} and ended_at is null
      returning app, kind, generation
    `.execute(database.kysely);
    return new Set(rows.map(({ app, kind, generation }) => `${kind} ${generation} ${app}`));
  }

  async #touchJobs(): Promise<void> {
    const { boss } = this.#options;
    const jobs = [...this.jobs, ...[...this.runs].map(({ job }) => [job.id, job.name] as const)];
    for (const [queue, some] of Map.groupBy(jobs, ([, name]) => name))
      await boss.touch(
        queue,
        some.map(([id]) => id),
      );
  }
}
