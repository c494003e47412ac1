import type { BridgeClient, Task } from "@bridgekit/client";
import type { Connection } from "../connector/create-connection.ts";
import type { Journal, Outcome } from "../journal/journal.ts";
import type { RetryOptions } from "../retry.ts";
import type { TaskRetryOptions } from "./retry-delay.ts";

export interface TaskRunOptions {
  bridge: BridgeClient;
  appId: string;
  connection: Connection;
  journal: Journal;
  /** Stops the run: what is executed gets its grace period, everything else is let go. */
  signal?: AbortSignal;
  /** `idle`: return once nothing is pending. `stopped`: go on until the signal aborts. */
  until?: "idle" | "stopped";
  /** Tasks that are executed at a time, 1 to 16; those of one account are always executed one after another. */
  concurrency?: number;
  /** Seconds between two polls of a Bridge that does not hold its answer back; 10 at least. */
  pollSeconds?: number;
  /** Seconds until a handler is told to stop; a little later it is given up. */
  taskTimeoutSeconds?: number;
  /** Seconds that a handler may go on after the signal has aborted; what is cut off then is taken up by the next run. */
  stopGraceSeconds?: number;
  /** Seconds for which the Bridge keeps a claimed task for this runner; renewed as long as it is in hand. */
  leaseSeconds?: number;
  /** How a task is tried again that failed for now. */
  taskRetry?: TaskRetryOptions;
  /** Seconds until an account is read back once more that is not yet as it was asked for. */
  verifyDelaySeconds?: number;
  /** How calls to the Bridge are retried. */
  retry?: RetryOptions;
  /** Called once the Bridge knows the outcome. */
  onOutcome?: (task: Task, outcome: Outcome) => void;
  now?: () => Date;
}
