import pLimit from "p-limit";
import { createDirectory } from "../apps/app-directory.ts";
import { selectApps } from "../apps/open-apps.ts";
import { createRunReporter } from "../output/create-reporter.ts";
import type { RunReporter } from "../output/reporter.ts";
import { createAppStatus, trackStatus, type AppStatus } from "../run/app-status.ts";
import { runApp } from "../run/run-app.ts";
import { serveHealth } from "../run/serve-health.ts";
import { surviveErrors } from "../run/survive-errors.ts";
import type { CommandIo } from "../command-io.ts";
import { configure, type CommonOptions } from "./session.ts";

export interface RunOptions extends CommonOptions {
  logLevel: string;
  healthPort?: number;
}

/** `bridgekit run`: syncs each app again and again and carries out its tasks, until it is stopped. */
export async function run(keys: string[], options: RunOptions, io: CommandIo): Promise<number> {
  const signal = io.stopSignal();
  const { config, bridge, redaction } = await configure(options, io);
  const selected = selectApps(config.apps, keys);
  const reporter = await createRunReporter(options, redaction.redact, io);
  const statuses = selected.map(([key, { name = key }]) => createAppStatus(key, name));
  const { graceSeconds, concurrentSyncs, health } = config.run;
  const healthAt =
    options.healthPort === undefined ? health : { host: "127.0.0.1", ...health, port: options.healthPort };
  await using server =
    healthAt && (await serveHealth({ ...healthAt, statuses, stop: signal, redact: redaction.redact }));

  surviveErrors(reporter, redaction.redact);
  let grace: NodeJS.Timeout | undefined;
  signal.addEventListener("abort", () => (grace = endWithin(graceSeconds, statuses, reporter)));
  if (server) reporter.note(`health at ${server.url}/healthz, /readyz, /apps and /metrics`);
  reporter.note(`running ${statuses.map(({ name }) => name).join(", ")}; stop with Ctrl-C`);

  const shared = { config, bridge, redaction, signal, slots: pLimit(concurrentSyncs) };
  const directory = createDirectory(bridge, config.apps);
  await Promise.all(
    selected.map((entry, index) => {
      const status = statuses[index]!;
      return runApp(entry, { ...shared, directory, status, reporter: trackStatus(status, reporter) });
    }),
  );
  clearTimeout(grace);
  reporter.note("stopped");
  reporter.close();
  // What a connector left behind, a timer or an open connection, must not keep the process.
  setTimeout(() => process.exit(), LEFTOVER_MS).unref();
  return 0;
}

const LEFTOVER_MS = 1000;

/** Ends the process with code 1 where a handler or a call does not end by itself; the journals know how far each task came. */
function endWithin(seconds: number, statuses: readonly AppStatus[], reporter: RunReporter): NodeJS.Timeout {
  reporter.note(`stopping, within ${seconds} seconds; a second signal ends at once`);
  return setTimeout(() => {
    const late = statuses.filter(({ state }) => state !== "stopped").map(({ name }) => name);
    reporter.failed(`${late.join(", ")} did not end within ${seconds} seconds; ended all the same`);
    reporter.close();
    process.exit(1);
  }, seconds * 1000);
}
