import type { Kysely } from "kysely";
import type { Logger } from "pino";
import { fromKysely, type JobWithMetadata, PgBoss } from "pg-boss";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Tables } from "../database/schema.ts";
import { toLoggable } from "../loggable-error.ts";
import { failNext } from "./fail-fold.ts";
import { foldNext } from "./fold.ts";

const QUEUE = "bridge-fold";
const SWEEP_INTERVAL_MS = 30_000;

/** Brings ended sessions to their fold, also after a crash. */
export interface FoldQueue {
  /** Orders a fold in the transaction that ends the session: neither happens without the other. */
  send(transaction: Kysely<Tables>, appId: string): Promise<void>;
  /** Resolves once nothing is due. */
  whenFolded(): Promise<void>;
  close(): Promise<void>;
}

interface FoldQueueOptions {
  now: () => Date;
  logger: Logger;
  retryLimit?: number;
}

export async function createFoldQueue(
  { kind, kysely, jobOptions }: OpenDatabase,
  { now, logger, retryLimit = 5 }: FoldQueueOptions,
): Promise<FoldQueue> {
  const boss = new PgBoss({ ...jobOptions, schedule: false, useListenNotify: true });
  boss.on("error", (error) => logger.error({ error: toLoggable(error) }, "the job engine reports an error"));
  await boss.start();
  await boss.createQueue(QUEUE, { notify: true, retryLimit, retryDelay: 1, retryBackoff: true, retryDelayMax: 60 });

  await boss.work(
    QUEUE,
    {
      includeMetadata: true,
      pollingIntervalSeconds: 0.5,
      notifyPollingIntervalSeconds: 5,
      // PGlite has one connection: a second worker would only stand in line.
      localConcurrency: kind === "pglite" ? 1 : 4,
    },
    async ([job]: JobWithMetadata<{ appId: string }>[]) => {
      if (job === undefined) return;
      const { appId } = job.data;
      try {
        while (await foldNext(kysely, appId, now()));
      } catch (error) {
        const isLast = job.retryCount >= job.retryLimit;
        logger.error({ error: toLoggable(error), appId, attempt: job.retryCount + 1, isLast }, "a fold failed");
        if (!isLast) throw error;
        // What follows in the line of this app gets its own attempts.
        await failNext(kysely, appId, now());
        await boss.send(QUEUE, { appId });
      }
    },
  );

  // A process that was killed leaves sessions that are due and a job that looks active for minutes: new jobs are
  // ordered for all of them. One too many does no harm, it finds nothing due.
  const sweep = async () => {
    const due = await dueApps(kysely);
    for (const appId of due) await boss.send(QUEUE, { appId });
  };
  await sweep();
  const timer = setInterval(() => {
    sweep().catch((error: unknown) => logger.error({ error: toLoggable(error) }, "looking for due folds failed"));
  }, SWEEP_INTERVAL_MS);
  timer.unref();

  return {
    async send(transaction, appId) {
      await boss.send(QUEUE, { appId }, { db: fromKysely(transaction) });
    },
    async whenFolded() {
      while ((await dueApps(kysely)).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    async close() {
      clearInterval(timer);
      // Waits for the fold that is running; pg-boss alone would look only every half second.
      await boss.offWork(QUEUE);
      await boss.stop({ graceful: true, timeout: 5_000 });
    },
  };
}

async function dueApps(database: Kysely<Tables>): Promise<string[]> {
  const rows = await database
    .selectFrom("sync_sessions")
    .select("app_id")
    .distinct()
    .where("fold", "=", "due")
    .execute();
  return rows.map(({ app_id }) => app_id);
}
