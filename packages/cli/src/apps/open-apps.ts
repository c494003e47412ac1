import { type BridgeClient, isApiError } from "@bridgekit/client";
import { ConfigError, type Logger } from "@bridgekit/core";
import {
  announceCapabilities,
  createConfigRedactor,
  createRedactor,
  createConnection,
  registerResourceTypes,
  type Connection,
  type SharedLimit,
} from "@bridgekit/core/run";
import type { LoadedApp, LoadedConfig } from "../config/config-schema.ts";
import type { Redaction } from "../output/redaction.ts";
import { resolveSecrets } from "../secrets/resolve-secrets.ts";
import type { AppDirectory } from "./app-directory.ts";

/** An app of the config and the connection that feeds it. */
export interface ConnectedApp {
  key: string;
  name: string;
  connection: Connection;
}

/** A connected app and its id on the Bridge. */
export interface OpenApp extends ConnectedApp {
  appId: string;
}

export interface ConnectOptions {
  /** Path of the config file as shown in messages. */
  shown: string;
  loggerOf: (name: string) => Logger;
  /** Gets the secrets of each app before the app can log anything. */
  redaction: Redaction;
  /** The rate limit of the app's credential, if a fleet shares it. */
  sharedLimit?: SharedLimit;
}

/** Returns the apps with these keys, or all if there are none. Throws `ConfigError` for an unknown key. */
export function selectApps(apps: LoadedConfig["apps"], keys: readonly string[]): [key: string, app: LoadedApp][] {
  const unknown = keys.filter((key) => !Object.hasOwn(apps, key));
  if (unknown.length > 0)
    throw new ConfigError(`No app has the key ${unknown.join(", ")}; the config has ${Object.keys(apps).join(", ")}.`);
  return Object.entries(apps).filter(([key]) => keys.length === 0 || keys.includes(key));
}

export async function connectApp(
  [key, { name = key, connector, config }]: readonly [string, LoadedApp],
  { shown, loggerOf, redaction, sharedLimit }: ConnectOptions,
): Promise<ConnectedApp> {
  // Nothing of a reference is secret; what is written in the config may be.
  let redactConfig = createConfigRedactor(connector, config);
  redaction.set(key, redactConfig);
  try {
    const { config: resolved, secrets } = await resolveSecrets(config);
    const [redactFields, redactSecrets] = [createConfigRedactor(connector, resolved), createRedactor(secrets)];
    redactConfig = (text) => redactSecrets(redactFields(text));
    redaction.set(key, redactConfig);
    const connection = await createConnection(connector, resolved, {
      logger: loggerOf(name),
      secrets,
      ...(sharedLimit && { sharedLimit }),
    });
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

/**
 * Creates the app if it does not exist, registers its resource types and announces its connector's capabilities. `fed` is the
 * id under which an earlier process has fed it.
 *
 * @throws AppDeletedError if it was fed before, and the Bridge no longer has it.
 */
export async function openApp(
  app: ConnectedApp,
  bridge: BridgeClient,
  directory: AppDirectory,
  fed?: string | null,
): Promise<OpenApp> {
  const { connector } = app.connection;
  let appId = await directory.find(app.key, fed);
  try {
    await registerResourceTypes(bridge, appId, connector);
  } catch (error) {
    if (!isNoSuchApp(error)) throw error;
    appId = await directory.findInPlaceOf(appId, app.key);
    await registerResourceTypes(bridge, appId, connector);
  }
  await announceCapabilities(bridge, appId, app.connection);
  return { ...app, appId };
}

/** Whether the Bridge says that it does not have an app. */
export async function isDeleted(bridge: BridgeClient, appId: string): Promise<boolean> {
  try {
    await bridge.listTasks(appId, { status: "pending", pageSize: 1 }).next();
    return false;
  } catch (error) {
    return isNoSuchApp(error);
  }
}

function isNoSuchApp(error: unknown): boolean {
  return isApiError(error) && error.isFromBridge && error.status === 404;
}
