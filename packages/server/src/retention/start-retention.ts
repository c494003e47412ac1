import { sql } from "kysely";
import type { Logger } from "pino";
import type { OpenDatabase } from "../database/database.ts";
import type { DeletionWorker } from "../deletion/deletion-worker.ts";
import type { EventLog } from "../events/event-log.ts";
import { deleteExpiredResponses } from "../idempotency/respond-once.ts";
import { toLoggable } from "../loggable-error.ts";
import { ClockWatch } from "./clock-watch.ts";
import { deleteProgress } from "./delete-events.ts";
import { deleteExpired, runSteps } from "./delete-expired.ts";
import { expireSessions, warnOfExpiry } from "./expire-sessions.ts";

const INTERVAL_MS = 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface Retention {
  /** Seconds since the last complete run, or since the start. */
  lagSeconds(): number;
  /** Stops after the current step. */
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

/** Validates a number of days of an option. */
export function checkDays(option: "retentionDays" | "sessionDays", days: number | null): void {
  if (days !== null && !(Number.isInteger(days) && days > 0))
    throw new Error(`${option} must be a whole number of days, 1 or more, or null for ever; got ${days}.`);
}

/**
 * Starts the hourly retention: deletes what is older than the given days, and stored responses and progress events
 * after a day; ends expired sessions.
 */
export function startRetention(
  database: OpenDatabase,
  { days, deletions, events, now, logger }: RetentionOptions,
): Retention {
  const end = new AbortController();
  let running: Promise<void> | undefined;
  let doneAt = performance.now();
  const clock = new ClockWatch(now);

  const isDoubtful = async () => {
    const daysAhead = clock.look(await findNewest(database));
    if (daysAhead === undefined) return false;
    logger.warn(
      { daysAhead, clock: now() },
      "the clock is days ahead of what happened last: nothing is deleted and no session expires for an hour; set it if it is wrong",
    );
    return true;
  };

  const deleteOld = async (keptDays: number) => {
    const cutoff = new Date(now().getTime() - keptDays * DAY_MS);
    const deleted = await deleteExpired(database.kysely, { cutoff, signal: end.signal });
    if (Object.values(deleted).every((count) => count === 0)) return;
    logger.info({ ...deleted, cutoff }, "deleted what is older than the retention");
    await database.tidy();
  };

  const run = async () => {
    try {
      if (await isDoubtful()) return;
      const expiry = { events, now: now(), logger };
      await runSteps(warnOfExpiry(database.kysely, expiry), end.signal);
      if ((await runSteps(expireSessions(database.kysely, expiry), end.signal)) > 0) deletions.wake();
      await runSteps(deleteExpiredResponses(database.kysely, now()), end.signal);
      await runSteps(deleteProgress(database.kysely, now()), end.signal);
      if (days !== null) await deleteOld(days);
      if (!end.signal.aborted) doneAt = performance.now();
    } catch (error) {
      logger.error({ error: toLoggable(error) }, "the retention failed; it will be tried again in an hour");
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

/** When the last event of all organisations was. */
async function findNewest({ kysely }: OpenDatabase): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date | null }>`
    select max(last.created_at) as at from orgs, lateral (
      select created_at from events where org_id = orgs.id order by sequence desc limit 1
    ) last
  `.execute(kysely);
  return rows[0]?.at ?? undefined;
}
