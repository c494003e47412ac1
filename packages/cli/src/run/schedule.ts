import { createHash } from "node:crypto";
import { Cron } from "croner";
import type { LoadedConfig } from "../config/config-schema.ts";

/** When to sync an app. */
export interface Schedule {
  /** For people, and to notice that it has changed. */
  text: string;
  first: (now: Date) => Date;
  /** When the next sync starts after one has ended. */
  next: (endedAt: Date) => Date;
}

const DEFAULT_EVERY_SECONDS = 3600;
// Spreads the first syncs of many apps: this far apart on average, all within the longest stagger.
const STAGGER_SECONDS = 2;
const LONGEST_STAGGER_SECONDS = 300;
/** Apps start up to this long after the minute of a cron expression. */
const CRON_SPREAD_SECONDS = 30;
/** Share of the interval by which it varies, so that apps that once coincide do not coincide every time. */
const JITTER = 0.05;

/** Creates the schedule of an app. Its place among the others follows from its key, so a restart does not change it. */
export function createSchedule({ apps, run }: Pick<LoadedConfig, "apps" | "run">, key: string): Schedule {
  const own = apps[key]?.run ?? {};
  const hasOwn = own.syncCron !== undefined || own.syncEverySeconds !== undefined;
  const { syncCron, syncEverySeconds = DEFAULT_EVERY_SECONDS } = hasOwn ? own : run;
  const place = toFraction(key);
  if (syncCron !== undefined) {
    const cron = new Cron(syncCron, { paused: true });
    const next = (after: Date) => later(cron.nextRun(after) ?? after, place * CRON_SPREAD_SECONDS);
    return { text: `cron ${syncCron}`, first: next, next };
  }
  const count = Object.keys(apps).length;
  const spread = Math.min((count - 1) * STAGGER_SECONDS, syncEverySeconds, LONGEST_STAGGER_SECONDS);
  return {
    text: `every ${syncEverySeconds} s`,
    first: (now) => later(now, place * spread),
    next: (endedAt) => later(endedAt, syncEverySeconds * (1 + (Math.random() * 2 - 1) * JITTER)),
  };
}

/** Hashes a key to a number from 0 to 1. */
function toFraction(key: string): number {
  return createHash("sha256").update(key).digest().readUInt32BE() / 2 ** 32;
}

function later(date: Date, seconds: number): Date {
  return new Date(date.getTime() + seconds * 1000);
}
