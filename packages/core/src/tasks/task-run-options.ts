import type { BridgeClient, Task } from "@bridgekit/client";
import type { Connection } from "../connector/create-connection.ts";
import { ConfigError } from "../errors/config-error.ts";
import type { RetryOptions } from "../retry.ts";
import type { Journal, Outcome } from "../state/journal.ts";
import type { TaskRetryOptions } from "./backoff.ts";

export interface TaskRunOptions {
  bridge: BridgeClient;
  appId: string;
  connection: Connection;
  journal: Journal;
  /** Stops the run: handlers that are running get their grace period, all other tasks are released. */
  signal?: AbortSignal;
  /** Stops the run, and aborts handlers at once: another runner has taken its place. */
  killSignal?: AbortSignal;
  /** `idle`: return once nothing is pending. `stopped`: run until the signal aborts. */
  until?: "idle" | "stopped";
  /** Tasks that are executed at a time, 1 to 16. Tasks of one account are always executed one after another. */
  concurrency?: number;
  /** Seconds between two polls of a Bridge that does not hold a request back until there is a task; at least 10. */
  pollSeconds?: number;
  /** Seconds until a handler's signal aborts. A handler that ignores it is abandoned a few seconds later. */
  taskTimeoutSeconds?: number;
  /** Seconds that a handler may take after the signal aborted. The next run takes up what is interrupted then. */
  stopGraceSeconds?: number;
  /** Seconds for which the Bridge leases a task to this runner; renewed while the task is in flight. */
  leaseSeconds?: number;
  /** How a task is retried after a temporary failure. */
  taskRetry?: TaskRetryOptions;
  /** Seconds until an account that is not yet in the requested state is read back once more. */
  verifyDelaySeconds?: number;
  /** How calls to the Bridge are retried. */
  retry?: RetryOptions;
  /** Called once the Bridge knows the outcome. */
  onOutcome?: (task: Task, outcome: Outcome) => void;
  now?: () => Date;
}

/** The options with their defaults. */
export type TaskRunSettings = ReturnType<typeof toSettings>;

const MAX_CONCURRENCY = 16;

/** Throws if the concurrency is out of range. */
export function toSettings({
  until = "idle",
  concurrency = 1,
  pollSeconds = 30,
  taskTimeoutSeconds = 300,
  stopGraceSeconds = 20,
  leaseSeconds = 90,
  verifyDelaySeconds = 5,
  now = () => new Date(),
  ...options
}: TaskRunOptions) {
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > MAX_CONCURRENCY)
    throw new ConfigError(`concurrency must be a whole number from 1 to ${MAX_CONCURRENCY}; got ${concurrency}.`);
  const seconds = { pollSeconds, taskTimeoutSeconds, stopGraceSeconds, leaseSeconds, verifyDelaySeconds };
  return { ...options, ...seconds, until, concurrency, now };
}
