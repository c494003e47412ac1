import { ConfigError } from "@bridgekit/core";
import type { AloneJob, FleetApp } from "@bridgekit/fleet";
import type { CommandIo } from "../command-io.ts";
import { createIsolate } from "../fleet/isolate-job.ts";
import { renderFleetMetrics } from "../fleet/render-fleet-metrics.ts";
import { toFleetApps } from "../fleet/to-fleet-apps.ts";
import { openLogReporter } from "../output/log-reporter.ts";
import { serveHealth, toHealthAddress } from "../run/serve-health.ts";
import { surviveErrors } from "../run/survive-errors.ts";
import { watchEventLoop } from "../run/watch-event-loop.ts";
import { whenAborted } from "../run/when-aborted.ts";
import { readFleetUrl } from "./open-fleet-database.ts";
import { configure, type ConfiguredCommand } from "./session.ts";

export interface WorkerOptions {
  config?: string[];
  capacity: number;
  zone?: string[];
  logLevel: string;
  healthPort?: number;
  healthHost?: string;
  verbose?: boolean;
  /** Lets `bridgekit fleet drill` kill this process. */
  allowDrill?: boolean;
  /** A job of another worker, as JSON: only that one. */
  alone?: string;
}

const LEFTOVER_MS = 1000;

/** `bridgekit worker`: runs the apps of the configs that are due in the fleet, until it is stopped or asked to drain. */
export async function worker(options: WorkerOptions, io: CommandIo): Promise<number> {
  const { config: files = ["bridge.config.ts"], capacity, zone: zones = ["default"], logLevel, verbose } = options;
  const signal = io.stopSignal();
  const url = readFleetUrl(io);
  const configured: ConfiguredCommand[] = [];
  for (const file of files) configured.push(await configure({ config: file }, io));
  const redact = (text: string) => configured.reduce((clean, { redaction }) => redaction.redact(clean), text);
  const reporter = await openLogReporter({ level: logLevel, redact, isVerbose: verbose });
  const logger = reporter.loggerOf();

  const { DEFAULT_TIMING, openDatabase, openFleet, openLimits, runAlone, startWorker } =
    await import("@bridgekit/fleet");
  const onError = (error: Error) => logger.warn({ error: error.message }, "the fleet's database did not respond");
  const database = await openDatabase({ url, connections: Math.max(10, capacity), onError });
  const limits = openLimits(database.kysely, { onError });
  const isOnlyConfig = configured.length === 1;
  const own = configured.flatMap((each) => toFleetApps(each, { reporter, limits, isOnlyConfig }));
  const apps = own.map(({ app }) => app);
  checkDistinct(apps);
  const orgs = configured.map(({ config, bridge }) => ({ url: config.bridge.url.replace(/\/+$/, ""), bridge }));
  const common = { database, apps, orgs, logger };
  surviveErrors(reporter, redact);

  // No heartbeat is written for so long, so what it runs has been given to others.
  using _ = watchEventLoop({ seconds: DEFAULT_TIMING.deadAfter });
  const alone = options.alone === undefined ? undefined : (JSON.parse(options.alone) as AloneJob);
  if (alone) await runAlone(common, alone, signal);
  else {
    const { graceSeconds, health } = configured[0]!.config.run;
    const healthAt = toHealthAddress(options, health);
    const fleet = openFleet(database);
    const more = async () => renderFleetMetrics(await fleet.summary());
    const statuses = own.map(({ status }) => status);
    await using server = healthAt && (await serveHealth({ ...healthAt, statuses, stop: signal, redact, more }));
    const isolate = createIsolate(files, ["--log-level", logLevel], io.env);
    const running = await startWorker({
      ...common,
      capacity,
      zones,
      isolate,
      ...(options.allowDrill && { die: () => process.kill(process.pid, "SIGKILL") }),
    });
    if (server) reporter.note(`health at ${server.url}/healthz, /readyz, /apps and /metrics`);
    reporter.note(`worker ${running.id} runs up to ${capacity} of ${apps.length} apps at a time; stop with Ctrl-C`);
    await Promise.race([running.whenAskedToDrain, whenAborted(signal)]);
    reporter.note(`stopping within ${graceSeconds} seconds; a second signal exits at once`);
    await running.drain(graceSeconds);
    reporter.note("stopped");
  }
  await limits[Symbol.asyncDispose]();
  await database.close();
  // A timer or connection that a connector left open must not keep the process alive.
  setTimeout(() => process.exit(), LEFTOVER_MS).unref();
  return 0;
}

/** Two configs of one organisation must not feed the same app. */
function checkDistinct(apps: readonly FleetApp[]): void {
  const seen = new Set<string>();
  for (const { org, key } of apps) {
    if (seen.has(`${org} ${key}`)) throw new ConfigError(`Two configs have the app ${key} of ${org}; give it once.`);
    seen.add(`${org} ${key}`);
  }
}
