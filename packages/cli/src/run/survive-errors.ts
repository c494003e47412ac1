import type { Redact } from "@bridgekit/core/run";
import { goOnWithoutOutput } from "../output/lost-output.ts";
import type { RunReporter } from "../output/reporter.ts";
import { currentApp } from "./current-app.ts";

/**
 * Logs what a connector throws outside any call, such as in a timer or a forgotten promise, and keeps running for the sake
 * of the other apps. Running out of memory still ends the process, because V8 does that itself.
 */
export function surviveErrors(reporter: RunReporter, redact: Redact): void {
  const log = (error: unknown, what: string) => {
    const app = currentApp.getStore();
    const message = redact(error instanceof Error ? error.message : String(error));
    if (app) app.lastError = { at: new Date(), message: `${what}: ${message}` };
    const stack = error instanceof Error ? error.stack : undefined;
    reporter.loggerOf(app?.name).error({ error: message, stack }, `${what}; the run continues`);
  };
  process.on("uncaughtException", (error) => log(error, "uncaught error"));
  process.on("unhandledRejection", (reason) => log(reason, "unhandled promise rejection"));
  goOnWithoutOutput();
}
