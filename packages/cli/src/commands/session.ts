import { createClient, type BridgeClient } from "@bridgekit/client";
import { resolve } from "node:path";
import { openApps, type OpenApp } from "../apps/open-apps.ts";
import { loadConfig, type LoadedConfigFile } from "../config/load-config.ts";
import { keepHeapSmall } from "../keep-heap-small.ts";
import { createReporter } from "../output/create-reporter.ts";
import { toLogger, type Reporter } from "../output/reporter.ts";

export interface CommonOptions {
  config: string;
  json?: boolean;
}

/** What the commands that talk to a Bridge begin with. */
export interface CommandSession {
  config: LoadedConfigFile;
  bridge: BridgeClient;
  apps: OpenApp[];
  reporter: Reporter;
}

/** Loads the config, connects the apps named by `keys` (all where empty), and makes sure that the Bridge has them. */
export async function openSession(keys: readonly string[], options: CommonOptions): Promise<CommandSession> {
  keepHeapSmall();
  const config = await loadConfig(options.config, process.env);
  const reporter = await createReporter(options);
  const bridge = createClient({ baseUrl: config.bridge.url, apiKey: config.bridge.apiKey });
  const apps = await openApps(config, keys, bridge, (name) => toLogger(reporter, name));
  return { config, bridge, apps, reporter };
}

export function journalPath({ folder, stateDir }: LoadedConfigFile, { appId }: OpenApp): string {
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
