import { setTimeout as sleep } from "node:timers/promises";
import { WATCH_QUEUE } from "../queues/queues.ts";
import type { WorkerContext } from "../worker/context.ts";
import { watchOrg } from "./watch-org.ts";

/** Organisations that one worker watches at most. */
const MOST_ORGS = 200;
/** A watch moves now and then, so that the organisations spread over the workers. */
const LONGEST_WATCH_MS = 30 * 60_000;

/** Watches the tasks of organisations, each of them on one worker at a time. */
export function startWatching(context: WorkerContext): { stop: () => Promise<void> } {
  const { boss, heart, logger, orgs, timing } = context;
  const stopping = new AbortController();
  const watches = new Set<Promise<void>>();

  async function watch(job: { id: string; name: string; data: { org: string } }): Promise<void> {
    const org = orgs.get(job.data.org);
    heart.jobs.set(job.id, job.name);
    const ending = new AbortController();
    const { signal } = ending;
    const end = () => ending.abort();
    const timer = setTimeout(end, LONGEST_WATCH_MS);
    stopping.signal.addEventListener("abort", end);
    if (stopping.signal.aborted) end();
    try {
      if (org) await watchOrg(context, org, signal);
    } catch (error) {
      if (!signal.aborted)
        logger.warn({ org: job.data.org, error: (error as Error).message }, "tasks can't be watched");
    } finally {
      // If one part of the watch has failed, the others must not go on beside the next watch.
      end();
      clearTimeout(timer);
      stopping.signal.removeEventListener("abort", end);
      heart.jobs.delete(job.id);
      await boss.complete(job.name, job.id).catch(() => undefined);
    }
  }

  async function take(): Promise<void> {
    while (!stopping.signal.aborted) {
      const free = Math.min(MOST_ORGS - watches.size, Math.ceil(orgs.size / 2) + 1);
      const jobs = free > 0 ? await boss.fetch<{ org: string }>(WATCH_QUEUE, { batchSize: free }).catch(() => []) : [];
      for (const job of jobs) {
        const watching: Promise<void> = watch(job).then(() => void watches.delete(watching));
        watches.add(watching);
      }
      await sleep(timing.poll * 1000, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const taking = orgs.size > 0 ? take() : Promise.resolve();
  return {
    async stop() {
      stopping.abort();
      await taking;
      await Promise.all(watches);
    },
  };
}
