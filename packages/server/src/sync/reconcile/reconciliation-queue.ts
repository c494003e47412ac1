import type { Kysely } from "kysely";
import type { Logger } from "pino";
import { fromKysely, type JobWithMetadata, PgBoss, type SendOptions } from "pg-boss";
import { checkJobSchema } from "../../database/check-job-schema.ts";
import type { OpenDatabase } from "../../database/database.ts";
import type { Tables } from "../../database/schema.ts";
import { toLoggable } from "../../loggable-error.ts";
import type { Metrics } from "../../operations/metrics.ts";
import type { DeletionWorker } from "../../deletion/deletion-worker.ts";
import type { EventLog } from "../../events/event-log.ts";
import { unindexedApps } from "../../records/ref-index.ts";
import { isTransientError } from "../../database/transient-error.ts";
import { failReconciliation, noteTrouble } from "./fail-reconciliation.ts";
import { ReconciliationError } from "./reconciliation-error.ts";
import { ReconciliationFollower } from "./reconciliation-follower.ts";
import { type ReconciledSession, reconcileNext } from "./reconcile.ts";

const QUEUE = "bridge-reconciliation";
const SWEEP_INTERVAL_MS = 30_000;
const POSTGRES_WORKERS = 4;
const LONGEST_PAUSE_SECONDS = 300;

/** Reconciles ended sessions, also after a crash. */
export interface ReconciliationQueue {
  /** Orders a reconciliation in the transaction that ends the session: neither happens without the other. */
  send(transaction: Kysely<Tables>, appId: string): Promise<void>;
  /** Resolves once no session is due. */
  whenReconciled(): Promise<void>;
  /** Resolves once the index of refs has followed every reconciliation. */
  whenIndexed(): Promise<void>;
  close(): Promise<void>;
}

interface ReconciliationQueueOptions {
  deletions: DeletionWorker;
  events: EventLog;
  now: () => Date;
  logger: Logger;
  metrics: Metrics;
  /** How often a failed reconciliation is retried. */
  retryLimit: number;
}

interface ReconciliationOrder {
  appId: string;
  /** Whether the end of a session ordered it, which ends the pause of its app. */
  isEnd?: boolean;
}

type ReconciliationJob = JobWithMetadata<ReconciliationOrder>;

/**
 * Reconciliations run as jobs of pg-boss. A job only says that an app may have a due session, and the worker takes the
 * oldest one, so lost, duplicate and late jobs do no harm.
 */
export async function createReconciliationQueue(
  database: OpenDatabase,
  { deletions, events, now, logger, metrics, retryLimit }: ReconciliationQueueOptions,
): Promise<ReconciliationQueue> {
  const { kysely } = database;
  const hasListeners = database.listen !== undefined;
  await checkJobSchema(kysely);
  const boss = new PgBoss({ ...database.jobOptions, schedule: false, useListenNotify: hasListeners });
  boss.on("error", (error) => logger.error({ error: toLoggable(error) }, "the job engine reported an error"));

  metrics.watchBacklog({
    appsToReconcile: async () => (await dueApps(kysely)).length,
    appsToIndex: async () => (await unindexedApps(kysely)).length,
  });

  const send = (order: ReconciliationOrder, options: SendOptions = {}) =>
    boss.send(QUEUE, order, { retryLimit, retryDelay: 1, retryBackoff: true, retryDelayMax: 60, ...options });

  /** Reconciles the next session and reports its outcome. */
  const reconcileAndNotify = async (appId: string): Promise<ReconciledSession | undefined> => {
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    try {
      const reconciled = await reconcileNext(kysely, appId, {
        events,
        now,
        tuneReconciliation: (transaction) => database.tuneReconciliation(transaction),
      });
      if (reconciled === undefined) return undefined;
      metrics.reconciliationEnded(reconciled.outcome, seconds());
      const line = { appId, ...reconciled, seconds: Math.round(seconds() * 1000) / 1000 };
      if (reconciled.outcome === "held")
        logger.warn(line, "the removal guard holds a session; an administrator must decide");
      else logger.info(line, "reconciled a session");
      return reconciled;
    } catch (error) {
      if (error instanceof ReconciliationError) metrics.reconciliationEnded("failed", seconds());
      throw error;
    }
  };

  // A worker takes one job and then sleeps, unless it is notified; waiting jobs were announced before.
  const wakeWorkers = () => {
    for (const { id, name } of boss.getWipData()) if (name === QUEUE) boss.notifyWorker(id);
  };

  // Apps that wait until a database failure passes: since how many attempts, and until when they pause. A session that
  // ends meanwhile ends the pause: its client must not wait because earlier sessions failed.
  const troubled = new Map<string, { sessionId: string; attempts: number; until: number }>();

  /** The database has a failure that passes: the session shows it and is retried for as long as it takes. */
  const postpone = async (appId: string, error: ReconciliationError): Promise<void> => {
    const { sessionId } = error;
    const before = troubled.get(appId);
    const attempts = before?.sessionId === sessionId ? before.attempts + 1 : 1;
    const seconds = Math.min(LONGEST_PAUSE_SECONDS, 2 ** (attempts - 1));
    troubled.set(appId, { sessionId, attempts, until: performance.now() + seconds * 1000 });
    await noteTrouble(kysely, error).catch((reason: unknown) =>
      logger.warn({ error: toLoggable(reason), appId }, "the reason why a session waits could not be stored"),
    );
    await send({ appId }, { startAfter: seconds });
  };

  const follower = new ReconciliationFollower(kysely, { logger, metrics });
  let isTidy = false;
  const work = async ([job]: ReconciliationJob[]) => {
    if (job === undefined) return;
    wakeWorkers();
    const { appId, isEnd = false } = job.data;
    if (!isEnd && performance.now() < (troubled.get(appId)?.until ?? 0)) return;
    try {
      while ((await reconcileAndNotify(appId)) !== undefined) {
        await database.analyze();
        isTidy = false;
        follower.wake();
        deletions.wake();
      }
      troubled.delete(appId);
    } catch (error) {
      const isLast = job.retryCount >= job.retryLimit;
      logger.error({ error: toLoggable(error), appId, attempt: job.retryCount + 1, isLast }, "a reconciliation failed");
      if (!(error instanceof ReconciliationError)) throw error;
      if (isTransientError(error.cause)) {
        await postpone(appId, error);
        return;
      }
      if (!isOfSameSession(job, error)) {
        // The earlier attempts were for another session, so this one gets its own job.
        await send({ appId }, { startAfter: 1 });
        return;
      }
      if (!isLast) throw error;
      await failReconciliation(kysely, error, { events, now });
      await send({ appId });
    }
  };

  // A killed process leaves due sessions and a job that looks active for minutes: order new jobs for all of them.
  const sweep = async () => {
    for (const appId of await dueApps(kysely)) await send({ appId });
    follower.wake();
  };

  try {
    await boss.start();
    await boss.createQueue(QUEUE, { notify: hasListeners });
    await sweep();
    const localConcurrency = database.kind === "pglite" ? 1 : POSTGRES_WORKERS;
    const polling = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 5 };
    await boss.work(QUEUE, { includeMetadata: true, localConcurrency, ...polling }, work);
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }
  const maintain = async () => {
    await sweep();
    if (isTidy && !deletions.takeDeleted()) return;
    isTidy = true;
    await database.tidy();
  };
  const timer = setInterval(() => {
    maintain().catch((error: unknown) => logger.error({ error: toLoggable(error) }, "the regular sweep failed"));
  }, SWEEP_INTERVAL_MS);
  timer.unref();

  return {
    async send(transaction, appId) {
      await send({ appId, isEnd: true }, { db: fromKysely(transaction) });
    },
    async whenReconciled() {
      while ((await dueApps(kysely)).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    async whenIndexed() {
      while ((await unindexedApps(kysely)).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    async close() {
      await follower.close();
      clearInterval(timer);
      // Waits for the running reconciliation; pg-boss alone would check only every half second.
      await boss.offWork(QUEUE);
      await boss.stop({ graceful: true, timeout: 5_000 });
    },
  };
}

/** Whether all attempts of the job were for the session; pg-boss keeps the last error as the job's output. */
function isOfSameSession(job: ReconciliationJob, { sessionId }: ReconciliationError): boolean {
  if (job.retryCount === 0) return true;
  return (job.output as Partial<ReconciliationError> | null)?.sessionId === sessionId;
}

async function dueApps(database: Kysely<Tables>): Promise<string[]> {
  const rows = await database
    .selectFrom("sync_sessions")
    .select("app_id")
    .distinct()
    .where("reconciliation", "=", "due")
    // A deleted app leaves its sessions for a while.
    .where((row) => row.exists(row.selectFrom("apps").select("id").whereRef("apps.id", "=", "sync_sessions.app_id")))
    .execute();
  return rows.map(({ app_id }) => app_id);
}
