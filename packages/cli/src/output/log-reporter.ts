import type { Redact, SyncResult } from "@bridgekit/core/run";
import { pino, type DestinationStream } from "pino";
import { describeOutcome, describeSync, toSyncFields } from "./describe.ts";
import type { RunReporter } from "./reporter.ts";

export interface LogOptions {
  level: string;
  /** Applied to each line as it is written. */
  redact: Redact;
  /** Writes everything that connectors log, whatever its level. */
  isVerbose?: boolean | undefined;
  stream: DestinationStream;
}

/** An incomplete sync is a warning, and an error if the reason recurs. */
function levelOf({ status, incomplete }: SyncResult): "info" | "warn" | "error" {
  if (status !== "abandoned") return "info";
  return incomplete?.isRecurring ? "error" : "warn";
}

/** Writes the log of `bridgekit run` to standard output. */
export async function openLogReporter(options: Omit<LogOptions, "stream">): Promise<RunReporter> {
  const { openLog } = await import("@bridgekit/server/log");
  return createLogReporter({ ...options, stream: openLog(1) });
}

/** Writes JSON lines, each with an `event` and usually an `app`. */
export function createLogReporter({ level, redact, isVerbose, stream }: LogOptions): RunReporter {
  const log = pino({ level, hooks: { streamWrite: redact } }, stream);
  return {
    syncScheduled: (app, at) => log.debug({ event: "sync.scheduled", app, next_at: at }, "next sync"),
    syncQueued: (app) => log.debug({ event: "sync.queued", app }, "sync waiting for others"),
    syncStarted: (app) => log.info({ event: "sync.started", app }, "sync started"),
    syncProgress: (app, slug, pushed) => log.debug({ event: "sync.progress", app, slug, pushed }, "page pushed"),
    syncEnded(app, result) {
      const fields = { event: "sync.ended", app, ...toSyncFields(result) };
      log[levelOf(result)](fields, `sync ${describeSync(result)}`);
    },
    syncStopped: (app, message) => log.info({ event: "sync.stopped", app }, message),
    planned: (app, _key, plan) => log.info({ event: "plan", app, ...plan }, "planned"),
    taskEnded(app, task, outcome) {
      const fields = { event: "task.ended", app, task_id: task.id, action: task.action, ...outcome };
      log[outcome.status === "completed" ? "info" : "warn"](fields, describeOutcome(task, outcome));
    },
    tasksEnded: (app, counts) => log.info({ event: "tasks.ended", app, ...counts }, "tasks ended"),
    checked: (app, results) => log.info({ event: "checked", app, results }, "checked"),
    openFailed: (app, message, nextTry) => log.error({ event: "open.failed", app, next_at: nextTry }, message),
    failed: (message, app) => log.error({ event: "failed", app }, message),
    note: (message, app) => log.info({ event: "note", app }, message),
    loggerOf: (app) => log.child({ event: "log", app }, isVerbose ? { level: "debug" } : {}),
    close: () => undefined,
  };
}
