import { createClient, type BridgeClient } from "@bridgekit/client";
import { createRedactor } from "@bridgekit/core";
import { createDirectory } from "../apps/app-directory.ts";
import { connectApps, openApp, type ConnectedApp, type OpenApp } from "../apps/open-apps.ts";
import { loadConfig, type LoadedConfigFile } from "../config/load-config.ts";
import { keepHeapSmall } from "../keep-heap-small.ts";
import { createReporter } from "../output/create-reporter.ts";
import { createRedaction, type Redaction } from "../output/redaction.ts";
import { toLogger, type Reporter } from "../output/reporter.ts";

export interface CommonOptions {
  config: string;
  json?: boolean;
}

/** What every command that talks to a Bridge begins with. */
export interface ConfiguredCommand {
  config: LoadedConfigFile;
  bridge: BridgeClient;
  redaction: Redaction;
}

/** The same with apps, for those that work on them once. */
export interface CommandSession<App extends ConnectedApp> extends ConfiguredCommand {
  apps: App[];
  reporter: Reporter;
}

/** Loads the config; nothing is connected yet. */
export async function configure({ config: file }: CommonOptions): Promise<ConfiguredCommand> {
  keepHeapSmall();
  const config = await loadConfig(file, process.env);
  const redaction = createRedaction();
  redaction.add(createRedactor([config.bridge.apiKey]));
  const bridge = createClient({ baseUrl: config.bridge.url, apiKey: config.bridge.apiKey });
  return { config, bridge, redaction };
}

/** Loads the config and connects the apps named by `keys`, all where empty; the Bridge is not asked for anything yet. */
export async function connectSession(
  keys: readonly string[],
  options: CommonOptions,
): Promise<CommandSession<ConnectedApp>> {
  const configured = await configure(options);
  const { config, redaction } = configured;
  const reporter = await createReporter(options, redaction.redact);
  const apps = await connectApps(config, keys, { redaction, loggerOf: (name) => toLogger(reporter, name) });
  return { ...configured, apps, reporter };
}

/** The same, and makes sure that the Bridge has the apps. */
export async function openSession(keys: readonly string[], options: CommonOptions): Promise<CommandSession<OpenApp>> {
  // All are connected before: a mistake in the config must not leave half of them there.
  const session = await connectSession(keys, options);
  const { config, bridge } = session;
  const directory = createDirectory(bridge, config.apps);
  const apps: OpenApp[] = [];
  for (const app of session.apps) apps.push(await openApp(app, bridge, directory));
  return { ...session, apps };
}

/** Aborts on the first SIGINT or SIGTERM; the second one ends the process at once. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(1);
      controller.abort(new Error(`stopped by ${name}`));
    });
  return controller.signal;
}
