import type { CheckResult, Logger, Outcome, SyncResult, TaskRunResult } from "@bridgekit/core";
import type { Task } from "@bridgekit/client";

/** What a command tells its user, whatever the output looks like. */
export interface Reporter {
  syncStarted(app: string): void;
  syncProgress(app: string, slug: string, pushed: number): void;
  syncEnded(app: string, result: SyncResult): void;
  /** The user wanted it to stop. */
  syncStopped(app: string, message: string): void;
  taskEnded(app: string, task: Task, outcome: Outcome): void;
  tasksEnded(app: string, counts: TaskRunResult): void;
  checked(app: string, results: readonly CheckResult[]): void;
  /** Something that the user has to know of; `app` where it concerns one. */
  failed(message: string, app?: string): void;
  note(message: string, app?: string): void;
  /** Leaves the terminal as a prompt expects it. */
  close(): void;
}

/** Lets warnings and errors of a connector through to the user. */
export function toLogger(reporter: Reporter, app?: string): Logger {
  const detail = (fields: object) => ("error" in fields ? `: ${String(fields.error)}` : "");
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (fields, message) => reporter.note(`${message}${detail(fields)}`, app),
    error: (fields, message) => reporter.note(`${message}${detail(fields)}`, app),
  };
}
