import { createHash } from "node:crypto";
import { Cron } from "croner";
import type { LoadedConfig } from "../config/config-schema.ts";

/** When an app is synced. */
export interface Schedule {
  first: (now: Date) => Date;
  /** The next time, once a sync has ended. */
  next: (endedAt: Date) => Date;
}

const DEFAULT_EVERY_SECONDS = 3600;
// The first syncs of many apps begin one after another: so far apart on average, and all within so long.
const STAGGER_SECONDS = 2;
const LONGEST_STAGGER_SECONDS = 300;
/** How far after the minute of a cron expression an app may begin. */
const CRON_SPREAD_SECONDS = 30;
/** Part of the interval by which it varies, so that apps that once met do not meet every time. */
const JITTER = 0.05;

/**
 * The schedule of an app. An app's place among the others comes from its key, so it is the same after each restart.
 */
export function createSchedule({ apps, run }: Pick<LoadedConfig, "apps" | "run">, key: string): Schedule {
  const own = apps[key]?.run ?? {};
  const hasOwn = own.syncCron !== undefined || own.syncEverySeconds !== undefined;
  const { syncCron, syncEverySeconds = DEFAULT_EVERY_SECONDS } = hasOwn ? own : run;
  const place = toFraction(key);
  if (syncCron !== undefined) {
    const cron = new Cron(syncCron, { paused: true });
    const next = (after: Date) => later(cron.nextRun(after) ?? after, place * CRON_SPREAD_SECONDS);
    return { first: next, next };
  }
  const count = Object.keys(apps).length;
  const spread = Math.min((count - 1) * STAGGER_SECONDS, syncEverySeconds, LONGEST_STAGGER_SECONDS);
  return {
    first: (now) => later(now, place * spread),
    next: (endedAt) => later(endedAt, syncEverySeconds * (1 + (Math.random() * 2 - 1) * JITTER)),
  };
}

/** A number from 0 to 1 that belongs to a key. */
function toFraction(key: string): number {
  return createHash("sha256").update(key).digest().readUInt32BE() / 2 ** 32;
}

function later(date: Date, seconds: number): Date {
  return new Date(date.getTime() + seconds * 1000);
}
