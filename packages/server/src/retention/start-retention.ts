import type { Logger } from "pino";
import type { OpenDatabase } from "../database/database.ts";
import { deleteExpiredAnswers } from "../idempotency/answer-once.ts";
import { toLoggable } from "../loggable-error.ts";
import { deleteProgress } from "./delete-events.ts";
import { deleteExpired, runSteps } from "./delete-expired.ts";

const INTERVAL_MS = 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface Retention {
  /** Ends what runs at its next step. */
  close(): Promise<void>;
}

export interface RetentionOptions {
  /** `null` keeps everything. */
  days: number | null;
  now: () => Date;
  logger: Logger;
}

/** Takes a number of days for a retention, or throws. */
export function checkRetentionDays(days: number | null): void {
  if (days !== null && !(Number.isInteger(days) && days > 0))
    throw new Error(`retentionDays must be a whole number of days, 1 or more, or null for ever; got ${days}.`);
}

/**
 * Deletes what is older than some days, and answers and progress that are kept for a day whatever the days are, now and
 * then every hour.
 */
export function startRetention(database: OpenDatabase, { days, now, logger }: RetentionOptions): Retention {
  const end = new AbortController();
  let running: Promise<void> | undefined;

  const run = async () => {
    try {
      await runSteps(deleteExpiredAnswers(database.kysely, now()), end.signal);
      await runSteps(deleteProgress(database.kysely, now()), end.signal);
      if (days === null) return;
      const cutoff = new Date(now().getTime() - days * DAY_MS);
      const deleted = await deleteExpired(database.kysely, { cutoff, signal: end.signal });
      if (Object.values(deleted).every((count) => count === 0)) return;
      logger.info({ ...deleted, cutoff }, "deleted what the retention does not keep");
      await database.tidy();
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
    async close() {
      clearInterval(timer);
      end.abort();
      await running;
    },
  };
}
