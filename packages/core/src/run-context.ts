import { AsyncLocalStorage } from "node:async_hooks";

/** What the runs of a connection asked of its system. */
export interface Usage {
  /** Requests sent, each retry counted. */
  calls: number;
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

export function createUsage(): Usage {
  return { calls: 0 };
}
