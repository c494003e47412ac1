import { createLogUpdate } from "log-update";
import colors from "picocolors";
import { createPlainReporter } from "./plain-reporter.ts";
import type { Reporter } from "./reporter.ts";

/** Lines as in a log, and under them one live line for each sync that runs. */
export function createTerminalReporter(stream: NodeJS.WriteStream): Reporter {
  const live = createLogUpdate(stream);
  const running = new Map<string, string>();
  const draw = () => live([...running].map(([app, text]) => `${colors.cyan(app)} ${text}`).join("\n"));
  const lines = createPlainReporter((line) => {
    live.clear();
    stream.write(`${line}\n`);
    if (running.size > 0) draw();
  });
  return {
    ...lines,
    syncStarted(app) {
      running.set(app, colors.dim("reading ..."));
      draw();
    },
    syncProgress(app, slug, pushed) {
      running.set(app, `${slug} ${pushed.toLocaleString("en")}`);
      draw();
    },
    syncEnded(app, result) {
      running.delete(app);
      lines.syncEnded(colors.cyan(app), result);
    },
    syncStopped(app, message) {
      running.delete(app);
      lines.syncStopped(colors.cyan(app), message);
    },
    taskEnded: (app, task, outcome) => lines.taskEnded(colors.cyan(app), task, outcome),
    tasksEnded: (app, counts) => lines.tasksEnded(colors.cyan(app), counts),
    failed(message, app) {
      if (app !== undefined) running.delete(app);
      lines.failed(colors.red(message), app === undefined ? undefined : colors.cyan(app));
    },
    close() {
      live.clear();
      live.done();
    },
  };
}
