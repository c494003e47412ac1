import type { CheckResult, Logger } from "@bridgekit/core";
import type { Outcome, PlanResult, SyncResult, TaskRunResult } from "@bridgekit/core/run";
import type { Task } from "@bridgekit/client";

/** What a command tells its user, whatever the output looks like. */
export interface Reporter {
  /** How many records the last sync of each type had, where that is of use: a bar needs a total. Before `syncStarted`. */
  syncExpected?(app: string, counts: Readonly<Record<string, number>>): void;
  syncStarted(app: string): void;
  syncProgress(app: string, slug: string, pushed: number): void;
  syncEnded(app: string, result: SyncResult): void;
  /** The user wanted it to stop. */
  syncStopped(app: string, message: string): void;
  /** What a sync of the app with this key would do. */
  planned(app: string, key: string, plan: PlanResult): void;
  taskEnded(app: string, task: Task, outcome: Outcome): void;
  tasksEnded(app: string, counts: TaskRunResult): void;
  checked(app: string, results: readonly CheckResult[]): void;
  /** Something that the user has to know of; `app` where it concerns one. */
  failed(message: string, app?: string): void;
  note(message: string, app?: string): void;
  /** Leaves the terminal as a prompt expects it. */
  close(): void;
}

/** What `bridgekit run` tells beside that. */
export interface RunReporter extends Reporter {
  /** When an app is synced next. */
  syncScheduled(app: string, at: Date): void;
  /** A sync is due, and waits until fewer are in progress. */
  syncQueued(app: string): void;
  /** An app can't be connected, or is not to be had on the Bridge; it is tried again. */
  openFailed(app: string, message: string, nextTry: Date): void;
  /** For what a connector logs. */
  loggerOf(app?: string): Logger;
}

/** Shows the user what a connector logs: warnings and errors, and everything where that is asked for. */
export function toLogger(reporter: Reporter, app?: string, isVerbose = false): Logger {
  const show = (fields: object, message: string) => {
    const why = "error" in fields ? `: ${String(fields.error)}` : "";
    const rest = JSON.stringify({ ...fields, error: undefined });
    reporter.note(`${message}${why}${isVerbose && rest !== "{}" ? ` ${rest}` : ""}`, app);
  };
  const showIfVerbose = isVerbose ? show : () => undefined;
  return { debug: showIfVerbose, info: showIfVerbose, warn: show, error: show };
}
