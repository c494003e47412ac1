import { AsyncLocalStorage } from "node:async_hooks";

/** What the runs of a connection asked of its system. */
export interface Usage {
  /** Requests sent, each retry counted. */
  calls: number;
  /** Those of them that repeated an earlier one. */
  retries: number;
  /** Answers that turned a call away for being too many. */
  rateLimited: number;
  /** Seconds that calls waited for their turn or for their next attempt, added up over all of them. */
  waitSeconds: number;
}

/** The run that the current code belongs to. */
export interface RunContext {
  /** `http` listens to it by itself, so stopping a run ends its calls even where a connector passes no signal on. */
  signal: AbortSignal;
  /** Tasks go before syncs where both wait for the same system. */
  work: "sync" | "tasks";
  /** Counted up by `http`. */
  usage: Usage;
}

export const runContext = new AsyncLocalStorage<RunContext>();

/** As it is shown and kept: seconds to the millisecond. */
export function roundUsage(usage: Usage): Usage {
  return { ...usage, waitSeconds: Math.round(usage.waitSeconds * 1000) / 1000 };
}

export function createUsage(): Usage {
  return { calls: 0, retries: 0, rateLimited: 0, waitSeconds: 0 };
}
