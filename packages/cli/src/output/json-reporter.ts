import { toSyncFields } from "./describe.ts";
import type { Reporter } from "./reporter.ts";
import { toJsonLine } from "./to-plain.ts";

/** One JSON object per line, each with an `event`. */
export function createJsonReporter(write: (line: string) => void): Reporter {
  const emit = (event: string, fields: object) => write(toJsonLine({ event, at: new Date().toISOString(), ...fields }));
  return {
    syncStarted: (app) => emit("sync.started", { app }),
    syncProgress: (app, slug, pushed) => emit("sync.progress", { app, slug, pushed }),
    syncEnded: (app, result) => emit("sync.ended", { app, ...toSyncFields(result) }),
    syncStopped: (app, message) => emit("sync.stopped", { app, message }),
    planned: (app, _key, plan) => emit("plan", { app, ...plan }),
    taskEnded: (app, { id, action }, outcome) => emit("task.ended", { app, task_id: id, action, ...outcome }),
    tasksEnded: (app, counts) => emit("tasks.ended", { app, ...counts }),
    checked: (app, results) =>
      emit("checked", { app, results: results.map(({ isOk, ...rest }) => ({ ...rest, is_ok: isOk })) }),
    failed: (message, app) => emit("failed", { app, message }),
    note: (message, app) => emit("note", { app, message }),
    close: () => undefined,
  };
}
