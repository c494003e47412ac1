import { createClient, type BridgeClient } from "@bridgekit/client";
import { createRedactor } from "@bridgekit/core";
import { resolve } from "node:path";
import { openApps, type OpenApp } from "../apps/open-apps.ts";
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
export interface CommandSession extends ConfiguredCommand {
  apps: OpenApp[];
  reporter: Reporter;
}

/** Loads the config; nothing is connected yet. */
export async function configure({ config: file }: CommonOptions): Promise<ConfiguredCommand> {
  const config = await loadConfig(file, process.env);
  const redaction = createRedaction();
  redaction.add(createRedactor([config.bridge.apiKey]));
  const bridge = createClient({ baseUrl: config.bridge.url, apiKey: config.bridge.apiKey });
  return { config, bridge, redaction };
}

/** Loads the config, connects the apps named by `keys` (all where empty), and makes sure that the Bridge has them. */
export async function openSession(keys: readonly string[], options: CommonOptions): Promise<CommandSession> {
  keepHeapSmall();
  const configured = await configure(options);
  const { config, bridge, redaction } = configured;
  const reporter = await createReporter(options, redaction.redact);
  const apps = await openApps(config, keys, bridge, { redaction, loggerOf: (name) => toLogger(reporter, name) });
  return { ...configured, apps, reporter };
}

export function journalPath(
  { folder, stateDir }: Pick<LoadedConfigFile, "folder" | "stateDir">,
  { appId }: Pick<OpenApp, "appId">,
): string {
  return resolve(folder, stateDir, "journal", `${appId}.jsonl`);
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
