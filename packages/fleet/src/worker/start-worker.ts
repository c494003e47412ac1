import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { refuseOthers } from "../apps/refuse-others.ts";
import { registerApps, seeApps } from "../apps/register-apps.ts";
import { DEFAULT_ZONE, TICK_QUEUE } from "../queues/queues.ts";
import { runTick, tidy } from "../tick/run-tick.ts";
import { startWatching } from "../watch/start-watching.ts";
import type { WorkerContext } from "./context.ts";
import { JobLoop } from "./job-loop.ts";
import { openContext, type WorkerOptions } from "./open-context.ts";

export interface Worker {
  id: string;
  /** Runs in progress. */
  running: () => { app: string; kind: string }[];
  /** Resolves once a person has asked this worker to drain. */
  whenAskedToDrain: Promise<void>;
  /**
   * Takes no more jobs, waits until what runs has ended, and aborts the rest after the grace period. The runs that were
   * aborted begin again elsewhere.
   */
  drain: (graceSeconds: number) => Promise<void>;
}

/** Starts a worker: it registers its apps, takes jobs and runs them until it is drained. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { capacity = 4, zones = [DEFAULT_ZONE] } = options;
  const id = `${hostname().slice(0, 100)}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const { context, abort, close } = await openContext(options, {
    id,
    host: hostname(),
    pid: process.pid,
    capacity,
    zones,
    die: options.die,
  });
  const { boss, database, heart, timing } = context;
  try {
    await refuseOthers(database.kysely, options.apps, timing);
    await registerApps(database.kysely, options.apps);
  } catch (error) {
    await close();
    throw error;
  }

  const stopping = new AbortController();
  const beating = keepBeating(context, stopping.signal);
  await boss.work(TICK_QUEUE, { pollingIntervalSeconds: Math.max(0.5, timing.tick / 2) }, async () => {
    await orderTick(context);
    await runTick(context);
  });
  const watching = startWatching(context);
  const loop = new JobLoop({ context, capacity, zones });
  loop.start();

  return {
    id,
    running: () => [...heart.runs].map(({ app, kind }) => ({ app, kind })),
    whenAskedToDrain: heart.whenAskedToDrain,
    async drain(graceSeconds) {
      await heart.drain().catch(() => undefined);
      await Promise.all([boss.offWork(TICK_QUEUE), loop.stop(), watching.stop()]);
      const grace = new AbortController();
      const ended = loop.whenIdle().then(() => grace.abort());
      await sleep(graceSeconds * 1000, undefined, { signal: grace.signal }).catch(() => undefined);
      abort();
      for (const run of heart.runs) run.stop();
      await ended;
      stopping.abort();
      await beating;
      await close();
    },
  };
}

/** The next tick is ordered before this one is carried out, so that it comes even if this one fails. */
async function orderTick({ boss, timing }: WorkerContext): Promise<void> {
  await boss.send(TICK_QUEUE, {}, { startAfter: timing.tick });
}

/** Reading the rows of all its apps costs more. */
const BEATS_PER_LOOK = 6;

async function keepBeating(context: WorkerContext, signal: AbortSignal): Promise<void> {
  const { heart, timing, logger, apps, database } = context;
  // A call that hangs must not keep the runs from being aborted in time.
  const guard = setInterval(() => heart.check(), 1000);
  for (let beat = 0; ; beat++) {
    await heart.beat();
    try {
      await orderTick(context);
      await tidy(context);
      if (beat % BEATS_PER_LOOK === 0) await seeApps(database.kysely, apps);
    } catch (error) {
      logger.warn({ error: (error as Error).message }, "the regular work of the worker failed");
    }
    await sleep(timing.heartbeat * 1000, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
  }
  clearInterval(guard);
}
