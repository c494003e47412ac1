import { AsyncLocalStorage } from "node:async_hooks";
import type { RunTimeline } from "./run-timeline.ts";

/** The load that runs of a connection put on its system. */
export interface Usage {
  /** Requests sent, including retries. */
  calls: number;
  /** Requests that repeated an earlier one. */
  retries: number;
  /** Responses that refused a call because of a rate limit. */
  rateLimited: number;
  /** Seconds that all calls together waited for their turn or their next attempt. */
  waitSeconds: number;
}

/** The run that the current code belongs to. */
export interface RunContext {
  /** Aborts the calls of `http`, even if a connector passes no signal on. */
  signal: AbortSignal;
  /** Tasks go before syncs if both wait for the same system. */
  work: "sync" | "tasks";
  /** Updated by `http`. */
  usage: Usage;
  /** Updated by `http` and the lists; absent for tasks. */
  timeline?: RunTimeline;
}

export const runContext = new AsyncLocalStorage<RunContext>();

/** Rounds the seconds to milliseconds, for display and receipts. */
export function roundUsage(usage: Usage): Usage {
  return { ...usage, waitSeconds: Math.round(usage.waitSeconds * 1000) / 1000 };
}

export function createUsage(): Usage {
  return { calls: 0, retries: 0, rateLimited: 0, waitSeconds: 0 };
}
