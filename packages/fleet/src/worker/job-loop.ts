import type { Job } from "pg-boss";
import type { RunKind } from "../database/tables.ts";
import { queueOf, type RunOrder } from "../queues/queues.ts";
import type { WorkerContext } from "./context.ts";
import { triesOf } from "./end-run.ts";
import { isolateJob } from "./run-alone.ts";
import { handBack, runJob } from "./run-job.ts";
import { Waker } from "./waker.ts";

/** Beside those that syncs may have too: an account to suspend must not wait for the end of long syncs. */
const PLACES_FOR_TASKS = 1;

interface JobLoopOptions {
  context: WorkerContext;
  capacity: number;
  zones: readonly string[];
}

interface FetchChoice {
  most?: number;
  maxPriority?: number;
}

/** Takes jobs while there are places, tasks before syncs, until it is stopped. */
export class JobLoop {
  readonly #options: JobLoopOptions;
  readonly #running = new Set<Promise<void>>();
  readonly #waker = new Waker();
  #isStopping = false;
  #isDueTurn = false;
  #loop: Promise<void> | undefined;

  constructor(options: JobLoopOptions) {
    this.#options = options;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Takes no more jobs; resolves once none is being taken. What runs goes on. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#waker.wake();
    await this.#loop;
  }

  /** Resolves once nothing runs. */
  async whenIdle(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #run(): Promise<void> {
    const { context, capacity } = this.#options;
    while (!this.#isStopping) {
      const before = this.#running.size;
      try {
        await this.#take();
      } catch (error) {
        context.logger.warn({ error: (error as Error).message }, "no jobs could be taken");
      }
      const isFull = this.#running.size >= capacity + PLACES_FOR_TASKS;
      const isFilling = !isFull && this.#running.size > before;
      if (isFilling || this.#isStopping) continue;
      // The end of a run and a stop end the wait.
      await this.#waker.wait(isFull ? undefined : context.timing.poll * 1000 * (0.5 + Math.random() / 2));
    }
  }

  async #take(): Promise<void> {
    const { zones } = this.#options;
    for (const zone of zones) await this.#fetch("tasks", zone);
    let taken = 0;
    for (const zone of zones) {
      // Syncs that are run now may keep coming: every second time one that is only due goes first.
      if (this.#isDueTurn) taken += await this.#fetch("sync", zone, { most: 1, maxPriority: 0 });
      taken += await this.#fetch("sync", zone);
    }
    // While there is no place, nobody has a turn.
    if (taken > 0) this.#isDueTurn = !this.#isDueTurn;
  }

  /** Returns how many jobs it began. */
  async #fetch(kind: RunKind, zone: string, { most = Infinity, ...options }: FetchChoice = {}): Promise<number> {
    const { context, capacity } = this.#options;
    const places = kind === "tasks" ? capacity + PLACES_FOR_TASKS : capacity;
    const batchSize = Math.min(most, places - this.#running.size);
    if (batchSize <= 0) return 0;
    const jobs = await context.boss.fetch<RunOrder>(queueOf(kind, zone), { ...options, batchSize });
    for (const job of jobs) this.#begin(kind, job);
    return jobs.length;
  }

  #begin(kind: RunKind, job: Job<RunOrder>): void {
    const { context } = this.#options;
    const isStopping = this.#isStopping;
    context.heart.jobs.set(job.id, job.name);
    const running: Promise<void> = this.#carryOut(kind, job, isStopping).finally(() => {
      context.heart.jobs.delete(job.id);
      this.#running.delete(running);
      this.#waker.wake();
    });
    this.#running.add(running);
  }

  async #carryOut(kind: RunKind, job: Job<RunOrder>, isStopping: boolean): Promise<void> {
    const { context } = this.#options;
    try {
      if (isStopping) await handBack(context, { kind, job, refusal: "stopping" });
      else if (context.isolate && (await hasCrashed(context, kind, job))) await isolateJob(context, { kind, job });
      else await runJob(context, kind, job);
    } catch (error) {
      const fields = { app: job.data.app, kind, error: (error as Error).message };
      context.logger.error(fields, "a job could not be carried out");
    }
  }
}

/** Whether the last such run of the app ended with its worker. */
async function hasCrashed({ database }: WorkerContext, kind: RunKind, { data }: Job<RunOrder>): Promise<boolean> {
  const apps = database.kysely.selectFrom("apps").select("id").where("id", "=", data.app);
  return (await apps.where(triesOf(kind), ">", 0).executeTakeFirst()) !== undefined;
}
