import { createClient, type BridgeClient } from "@bridgekit/client";
import { createRedactor, keepHeapSmall } from "@bridgekit/core/run";
import type { CommandIo } from "../command-io.ts";
import { AppDeletedError, describeOpening } from "../apps/app-deleted-error.ts";
import { createDirectory } from "../apps/app-directory.ts";
import { keepFedId, readFedId } from "../apps/fed-ids.ts";
import { connectApps, openApp, type ConnectedApp, type OpenApp } from "../apps/open-apps.ts";
import { loadConfig, type LoadedConfigFile } from "../config/load-config.ts";
import { createReporter } from "../output/create-reporter.ts";
import { createRedaction, type Redaction } from "../output/redaction.ts";
import { toLogger, type Reporter } from "../output/reporter.ts";

export interface CommonOptions {
  config: string;
  verbose?: boolean;
  json?: boolean;
}

/** What every command with a config starts with. */
export interface ConfiguredCommand {
  config: LoadedConfigFile;
  bridge: BridgeClient;
  redaction: Redaction;
}

/** Adds the apps, for commands that work on them once. */
export interface CommandSession<App extends ConnectedApp> extends ConfiguredCommand {
  apps: App[];
  reporter: Reporter;
}

/** Loads the config; nothing is connected yet. */
export async function configure({ config: file }: CommonOptions, io: CommandIo): Promise<ConfiguredCommand> {
  keepHeapSmall();
  const config = await loadConfig(file, io.env);
  const redaction = createRedaction(createRedactor([config.bridge.apiKey]));
  const bridge = createClient({ baseUrl: config.bridge.url, apiKey: config.bridge.apiKey, fetch: io.fetch });
  return { config, bridge, redaction };
}

/** Loads the config and connects the apps with these keys, or all if there are none. Makes no calls to the Bridge. */
export async function connectSession(
  keys: readonly string[],
  options: CommonOptions,
  io: CommandIo,
): Promise<CommandSession<ConnectedApp>> {
  const configured = await configure(options, io);
  const { config, redaction } = configured;
  const reporter = await createReporter(options, redaction.redact, io);
  const apps = await connectApps(config, keys, {
    redaction,
    loggerOf: (name) => toLogger(reporter, name, options.verbose),
  });
  return { ...configured, apps, reporter };
}

export interface OpenSession extends CommandSession<OpenApp> {
  /** Whether apps were left out, as they were deleted on the Bridge. */
  isMissingSome: boolean;
}

/**
 * Also creates the apps on the Bridge if they do not exist; one that was deleted there only if its key is given, since a command
 * for all apps may be run by a timer.
 */
export async function openSession(
  keys: readonly string[],
  options: CommonOptions,
  io: CommandIo,
): Promise<OpenSession> {
  // Connects all apps first, so that a mistake in the config does not leave only some of them created.
  const session = await connectSession(keys, options, io);
  const { config, bridge, reporter } = session;
  const directory = createDirectory(bridge, config.apps);
  const apps: OpenApp[] = [];
  for (const app of session.apps) {
    const fed = keys.length === 0 ? await readFedId(config, app.key) : undefined;
    try {
      const opened = await openApp(app, bridge, directory, fed);
      await keepFedId(config, app.key, opened.appId);
      apps.push(opened);
    } catch (error) {
      if (!(error instanceof AppDeletedError)) throw error;
      reporter.failed(describeOpening(error, app.key, config.shown), app.name);
    }
  }
  return { ...session, apps, isMissingSome: apps.length < session.apps.length };
}
