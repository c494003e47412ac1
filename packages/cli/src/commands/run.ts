import pLimit from "p-limit";
import { createDirectory } from "../apps/app-directory.ts";
import { selectApps } from "../apps/open-apps.ts";
import { createRunReporter } from "../output/create-reporter.ts";
import type { RunReporter } from "../output/reporter.ts";
import { createAppStatus, trackStatus, type AppStatus } from "../run/app-status.ts";
import { runApp } from "../run/run-app.ts";
import { RunnerReports } from "../run/runner-reports.ts";
import { serveHealth, toHealthAddress } from "../run/serve-health.ts";
import { surviveErrors } from "../run/survive-errors.ts";
import type { CommandIo } from "../command-io.ts";
import { configure, type CommonOptions } from "./session.ts";

export interface RunOptions extends CommonOptions {
  logLevel: string;
  healthPort?: number;
  healthHost?: string;
}

/** `bridgekit run`: keeps syncing each app and carrying out its tasks until stopped. */
export async function run(keys: string[], options: RunOptions, io: CommandIo): Promise<number> {
  const signal = io.stopSignal();
  const { config, bridge, redaction } = await configure(options, io);
  const selected = selectApps(config.apps, keys);
  const reporter = await createRunReporter(options, redaction.redact, io);
  const statuses = selected.map(([key, { name = key }]) => createAppStatus(key, name));
  const { graceSeconds, concurrentSyncs, health } = config.run;
  const healthAt = toHealthAddress(options, health);
  await using server =
    healthAt && (await serveHealth({ ...healthAt, statuses, stop: signal, redact: redaction.redact }));

  surviveErrors(reporter, redaction.redact);
  let grace: NodeJS.Timeout | undefined;
  signal.addEventListener("abort", () => (grace = endWithin(graceSeconds, statuses, reporter)));
  if (server) reporter.note(`health at ${server.url}/healthz, /readyz, /apps and /metrics`);
  reporter.note(`running ${statuses.map(({ name }) => name).join(", ")}; stop with Ctrl-C`);

  const reports = new RunnerReports({
    bridge,
    onOrder: (order, app) => reporter.note(`${ORDERED[order]} by an order of the Bridge`, app),
  });
  const shared = { config, bridge, redaction, signal, reports, slots: pLimit(concurrentSyncs) };
  const directory = createDirectory(bridge, config.apps);
  await Promise.all([
    reports.keep(signal),
    ...selected.map((entry, index) => {
      const status = statuses[index]!;
      return runApp(entry, { ...shared, directory, status, reporter: trackStatus(status, reporter) });
    }),
  ]);
  clearTimeout(grace);
  reporter.note("stopped");
  reporter.close();
  // A timer or connection that a connector left open must not keep the process alive.
  setTimeout(() => process.exit(), LEFTOVER_MS).unref();
  return 0;
}

const LEFTOVER_MS = 1000;
const ORDERED = { pause: "paused", resume: "resumed", run_now: "runs now" } as const;

/** Exits with code 1 if a handler or a call does not end in time; the journals record how far each task got. */
function endWithin(seconds: number, statuses: readonly AppStatus[], reporter: RunReporter): NodeJS.Timeout {
  reporter.note(`stopping within ${seconds} seconds; a second signal exits at once`);
  return setTimeout(() => {
    const late = statuses.filter(({ state }) => state !== "stopped").map(({ name }) => name);
    reporter.failed(`${late.join(", ")} did not stop within ${seconds} seconds; exiting anyway`);
    reporter.close();
    process.exit(1);
  }, seconds * 1000);
}
