import type { CheckResult, Logger } from "@bridgekit/core";
import type { Outcome, PlanResult, SyncResult, TaskRunResult } from "@bridgekit/core/run";
import type { Task } from "@bridgekit/client";

/** What a command reports to its user, in any output format. */
export interface Reporter {
  /** Number of records of each type in the last sync, for a progress bar. Called before `syncStarted`. */
  syncExpected?(app: string, counts: Readonly<Record<string, number>>): void;
  syncStarted(app: string): void;
  syncProgress(app: string, slug: string, pushed: number): void;
  syncEnded(app: string, result: SyncResult): void;
  /** The user stopped the sync. */
  syncStopped(app: string, message: string): void;
  /** The plan for the app with this key. */
  planned(app: string, key: string, plan: PlanResult): void;
  taskEnded(app: string, task: Task, outcome: Outcome): void;
  tasksEnded(app: string, counts: TaskRunResult): void;
  checked(app: string, results: readonly CheckResult[]): void;
  /** An error, of one app if `app` is given. */
  failed(message: string, app?: string): void;
  note(message: string, app?: string): void;
  /** Restores the terminal for the prompt. */
  close(): void;
}

/** What `bridgekit run` reports in addition. */
export interface RunReporter extends Reporter {
  /** When the app is synced next. */
  syncScheduled(app: string, at: Date): void;
  /** A sync is due but waits for others to end. */
  syncQueued(app: string): void;
  /** The app can't be connected or opened on the Bridge; it is retried. */
  openFailed(app: string, message: string, nextTry: Date): void;
  /** Returns the logger of a connector. */
  loggerOf(app?: string): Logger;
}

/** Shows what a connector logs: warnings and errors, or everything if `isVerbose`. */
export function toLogger(reporter: Reporter, app?: string, isVerbose = false): Logger {
  const show = (fields: object, message: string) => {
    const why = "error" in fields ? `: ${String(fields.error)}` : "";
    const rest = JSON.stringify({ ...fields, error: undefined });
    reporter.note(`${message}${why}${isVerbose && rest !== "{}" ? ` ${rest}` : ""}`, app);
  };
  const showIfVerbose = isVerbose ? show : () => undefined;
  return { debug: showIfVerbose, info: showIfVerbose, warn: show, error: show };
}
