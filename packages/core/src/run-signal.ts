import { AsyncLocalStorage } from "node:async_hooks";

/**
 * The signal of the run that the current code belongs to. `http` listens to it by itself, so stopping a run ends its
 * calls even where a connector passes no signal on.
 */
export const runSignal = new AsyncLocalStorage<AbortSignal>();
