import type { BridgeClient } from "@bridgekit/client";
import {
  ConfigError,
  createConfigRedactor,
  createConnection,
  registerResourceTypes,
  type Connection,
  type Logger,
} from "@bridgekit/core";
import type { LoadedApp, LoadedConfig } from "../config/config-schema.ts";
import type { Redaction } from "../output/redaction.ts";
import { createDirectory } from "./app-directory.ts";

/** An app of the config: the connection that feeds it, and where. */
export interface OpenApp {
  key: string;
  name: string;
  appId: string;
  connection: Connection;
}

export interface ConnectOptions {
  /** The config file, as messages name it. */
  shown: string;
  loggerOf: (name: string) => Logger;
  /** Learns the secrets of each app, before it can say anything. */
  redaction: Redaction;
}

/** The apps that the command is about: all, or those with the keys given. Throws `ConfigError` for an unknown key. */
export function selectApps(apps: LoadedConfig["apps"], keys: readonly string[]): [key: string, app: LoadedApp][] {
  const unknown = keys.filter((key) => !Object.hasOwn(apps, key));
  if (unknown.length > 0)
    throw new ConfigError(`No app has the key ${unknown.join(", ")}; the config has ${Object.keys(apps).join(", ")}.`);
  return Object.entries(apps).filter(([key]) => keys.length === 0 || keys.includes(key));
}

export async function connectApp(
  [key, app]: readonly [string, LoadedApp],
  { shown, loggerOf, redaction }: ConnectOptions,
): Promise<Connection> {
  const redactConfig = createConfigRedactor(app.connector, app.config);
  redaction.add(redactConfig);
  try {
    const connection = await createConnection(app.connector, app.config, { logger: loggerOf(app.name ?? key) });
    redaction.add(connection.redact);
    return connection;
  } catch (error) {
    const message = redactConfig((error as Error).message);
    throw new ConfigError(`${shown}: apps.${key}: ${message}`, { cause: error });
  }
}

export async function connectApps(
  apps: readonly (readonly [string, LoadedApp])[],
  options: ConnectOptions,
): Promise<Map<string, Connection>> {
  const connections = new Map<string, Connection>();
  for (const app of apps) connections.set(app[0], await connectApp(app, options));
  return connections;
}

/** Connects the selected apps, creates those that the Bridge lacks, and registers their resource types. */
export async function openApps(
  config: LoadedConfig & { shown: string },
  keys: readonly string[],
  bridge: BridgeClient,
  options: Omit<ConnectOptions, "shown">,
): Promise<OpenApp[]> {
  const selected = selectApps(config.apps, keys);
  // All of them before anything is asked of the Bridge: a mistake in the config must not leave half of them there.
  const connections = await connectApps(selected, { ...options, shown: config.shown });
  const directory = createDirectory(bridge, config.apps);
  const open: OpenApp[] = [];
  for (const [key, { name = key }] of selected) {
    const connection = connections.get(key)!;
    const appId = await directory.find(key);
    await registerResourceTypes(bridge, appId, connection.connector);
    open.push({ key, name, appId, connection });
  }
  return open;
}
