import { describePlan } from "./describe-plan.ts";
import { describeOutcome, describeSync } from "./describe.ts";
import type { Reporter } from "./reporter.ts";
import { toPlain } from "./to-plain.ts";

// One line per page would flood a log file.
const PROGRESS_EVERY = 10_000;

/** Colors for parts of a line. */
interface Paint {
  app: (name: string) => string;
  failure: (message: string) => string;
}

const NO_PAINT: Paint = { app: (name) => name, failure: (message) => message };

/** Writes lines for a log file or a pipe, one per event, whatever the names and messages contain. */
export function createPlainReporter(write: (line: string) => void, paint: Paint = NO_PAINT): Reporter {
  const writeOf = (app: string | undefined, text: string) =>
    write(app === undefined ? text : `${paint.app(toPlain(app))}: ${text}`);
  const say = (app: string | undefined, text: string) => writeOf(app, toPlain(text));
  const reported = new Map<string, number>();
  return {
    syncStarted: (app) => say(app, "sync started"),
    syncProgress(app, slug, pushed) {
      const step = Math.floor(pushed / PROGRESS_EVERY);
      const key = `${app}/${slug}`;
      if (step > (reported.get(key) ?? 0)) say(app, `${pushed} ${slug} pushed`);
      reported.set(key, step);
    },
    syncEnded: (app, result) => say(app, `sync ${describeSync(result)}`),
    syncStopped: (app, message) => say(app, message),
    planned(app, key, plan) {
      for (const line of describePlan(plan, key)) say(app, line);
    },
    taskEnded: (app, task, outcome) => say(app, describeOutcome(task, outcome)),
    tasksEnded: (app, { completed, failed }) => say(app, `tasks: ${completed} completed, ${failed} failed`),
    checked(app, results) {
      if (results.length === 0) say(app, "the connector has no checks");
      for (const { name, isOk, message } of results)
        say(app, `${isOk ? "ok  " : "FAIL"} ${name}${message ? ` (${message})` : ""}`);
    },
    failed: (message, app) => writeOf(app, `FAILED: ${paint.failure(toPlain(message))}`),
    note: (message, app) => say(app, message),
    close: () => undefined,
  };
}
