import type { Logger } from "pino";
import type { OpenDatabase } from "../database/database.ts";
import type { DeletionWorker } from "../deletion/deletion-worker.ts";
import type { EventLog } from "../events/event-log.ts";
import { deleteExpiredResponses } from "../idempotency/respond-once.ts";
import { toLoggable } from "../loggable-error.ts";
import { deleteProgress } from "./delete-events.ts";
import { deleteExpired, runSteps } from "./delete-expired.ts";
import { expireSessions, warnOfExpiry } from "./expire-sessions.ts";

const INTERVAL_MS = 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface Retention {
  /** Seconds since the last run that came to its end, or since the start. */
  lagSeconds(): number;
  /** Ends what runs at its next step. */
  close(): Promise<void>;
}

export interface RetentionOptions {
  /** `null` keeps everything. */
  days: number | null;
  deletions: DeletionWorker;
  events: EventLog;
  now: () => Date;
  logger: Logger;
}

/** Takes a number of days for an option, or throws. */
export function checkDays(option: "retentionDays" | "sessionDays", days: number | null): void {
  if (days !== null && !(Number.isInteger(days) && days > 0))
    throw new Error(`${option} must be a whole number of days, 1 or more, or null for ever; got ${days}.`);
}

/**
 * Deletes what is older than some days, and answers and progress that are kept for a day whatever the days are; ends the
 * sessions that have expired. Now and then every hour.
 */
export function startRetention(
  database: OpenDatabase,
  { days, deletions, events, now, logger }: RetentionOptions,
): Retention {
  const end = new AbortController();
  let running: Promise<void> | undefined;
  let doneAt = performance.now();

  const deleteOld = async (keptDays: number) => {
    const cutoff = new Date(now().getTime() - keptDays * DAY_MS);
    const deleted = await deleteExpired(database.kysely, { cutoff, signal: end.signal });
    if (Object.values(deleted).every((count) => count === 0)) return;
    logger.info({ ...deleted, cutoff }, "deleted what the retention does not keep");
    await database.tidy();
  };

  const run = async () => {
    try {
      const expiry = { events, now: now(), logger };
      await runSteps(warnOfExpiry(database.kysely, expiry), end.signal);
      if ((await runSteps(expireSessions(database.kysely, expiry), end.signal)) > 0) deletions.wake();
      await runSteps(deleteExpiredResponses(database.kysely, now()), end.signal);
      await runSteps(deleteProgress(database.kysely, now()), end.signal);
      if (days !== null) await deleteOld(days);
      if (!end.signal.aborted) doneAt = performance.now();
    } catch (error) {
      logger.error({ error: toLoggable(error) }, "the retention failed; it tries again in an hour");
    } finally {
      running = undefined;
    }
  };

  const start = () => void (running ??= run());
  start();
  const timer = setInterval(start, INTERVAL_MS);
  timer.unref();

  return {
    lagSeconds: () => (performance.now() - doneAt) / 1000,
    async close() {
      clearInterval(timer);
      end.abort();
      await running;
    },
  };
}
