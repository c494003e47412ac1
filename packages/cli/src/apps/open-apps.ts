import type { BridgeClient } from "@bridgekit/client";
import { ConfigError, type Logger } from "@bridgekit/core";
import {
  announceCapabilities,
  createConfigRedactor,
  createConnection,
  registerResourceTypes,
  type Connection,
} from "@bridgekit/core/run";
import type { LoadedApp, LoadedConfig } from "../config/config-schema.ts";
import type { Redaction } from "../output/redaction.ts";
import type { AppDirectory } from "./app-directory.ts";

/** An app of the config, and the connection that feeds it. */
export interface ConnectedApp {
  key: string;
  name: string;
  connection: Connection;
}

/** The same with the app of the Bridge that it feeds. */
export interface OpenApp extends ConnectedApp {
  appId: string;
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
  [key, { name = key, connector, config }]: readonly [string, LoadedApp],
  { shown, loggerOf, redaction }: ConnectOptions,
): Promise<ConnectedApp> {
  const redactConfig = createConfigRedactor(connector, config);
  redaction.set(key, redactConfig);
  try {
    const connection = await createConnection(connector, config, { logger: loggerOf(name) });
    redaction.set(key, connection.redact);
    return { key, name, connection };
  } catch (error) {
    const message = redactConfig((error as Error).message);
    throw new ConfigError(`${shown}: apps.${key}: ${message}`, { cause: error });
  }
}

/** Connects the selected apps. */
export async function connectApps(
  { apps, shown }: Pick<LoadedConfig, "apps"> & { shown: string },
  keys: readonly string[],
  options: Omit<ConnectOptions, "shown">,
): Promise<ConnectedApp[]> {
  const connected: ConnectedApp[] = [];
  for (const app of selectApps(apps, keys)) connected.push(await connectApp(app, { ...options, shown }));
  return connected;
}

/** Creates the app where the Bridge lacks it, registers its resource types, and says what its connector can do. */
export async function openApp(app: ConnectedApp, bridge: BridgeClient, directory: AppDirectory): Promise<OpenApp> {
  const appId = await directory.find(app.key);
  await registerResourceTypes(bridge, appId, app.connection.connector);
  await announceCapabilities(bridge, appId, app.connection);
  return { ...app, appId };
}
