import type { Redact } from "@bridgekit/core/run";
import type { RunReporter } from "../output/reporter.ts";
import { currentApp } from "./current-app.ts";

/**
 * Tells what a connector throws where nobody listens, as from a timer or a promise that it forgot, and goes on: the
 * other apps have no part in it. Memory that is used up ends the process all the same, since V8 does that by itself.
 */
export function surviveErrors(reporter: RunReporter, redact: Redact): void {
  const tell = (error: unknown, what: string) => {
    const app = currentApp.getStore();
    const message = redact(error instanceof Error ? error.message : String(error));
    if (app) app.lastError = { at: new Date(), message: `${what}: ${message}` };
    const place = error instanceof Error ? error.stack : undefined;
    reporter.loggerOf(app?.name).error({ error: message, stack: place }, `${what}, and the run goes on`);
  };
  process.on("uncaughtException", (error) => tell(error, "an error was thrown where nothing catches it"));
  process.on("unhandledRejection", (reason) => tell(reason, "a promise was rejected that nobody waits for"));
  // Whoever reads the output may go away, and the next line would be an error again.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
}
