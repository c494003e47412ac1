import { isApiError, type BridgeClient } from "@bridgekit/client";
import { ConfigError, createConnection, registerResourceTypes, type Connection, type Logger } from "@bridgekit/core";
import type { LoadedApp, LoadedConfig } from "../config/config-schema.ts";

/** An app of the config: the connection that feeds it, and where. */
export interface OpenApp {
  key: string;
  name: string;
  appId: string;
  connection: Connection;
}

/** The apps that the command is about: all, or those with the keys given. Throws `ConfigError` for an unknown key. */
export function selectApps(apps: LoadedConfig["apps"], keys: readonly string[]): [key: string, app: LoadedApp][] {
  const unknown = keys.filter((key) => !Object.hasOwn(apps, key));
  if (unknown.length > 0)
    throw new ConfigError(`No app has the key ${unknown.join(", ")}; the config has ${Object.keys(apps).join(", ")}.`);
  return Object.entries(apps).filter(([key]) => keys.length === 0 || keys.includes(key));
}

export async function connectApps(
  apps: readonly [string, LoadedApp][],
  shown: string,
  loggerOf: (name: string) => Logger,
): Promise<Map<string, Connection>> {
  const connections = new Map<string, Connection>();
  for (const [key, app] of apps) {
    try {
      connections.set(key, await createConnection(app.connector, app.config, { logger: loggerOf(app.name ?? key) }));
    } catch (error) {
      throw new ConfigError(`${shown}: apps.${key}: ${(error as Error).message}`, { cause: error });
    }
  }
  return connections;
}

/** Connects the selected apps, creates those that the Bridge lacks, and registers their resource types. */
export async function openApps(
  config: LoadedConfig & { shown: string },
  keys: readonly string[],
  bridge: BridgeClient,
  loggerOf: (name: string) => Logger,
): Promise<OpenApp[]> {
  const selected = selectApps(config.apps, keys);
  const connections = await connectApps(selected, config.shown, loggerOf);
  const directory = createDirectory(bridge, config.apps);

  const open: OpenApp[] = [];
  for (const [key, app] of selected) {
    const appId = await directory.find(key);
    const other = open.find((app) => app.appId === appId);
    if (other)
      throw new ConfigError(
        `apps.${key} and apps.${other.key} feed the same app of the Bridge (${appId}); each needs its own.`,
      );
    const connection = connections.get(key)!;
    await registerResourceTypes(bridge, appId, connection.connector);
    open.push({ key, name: app.name ?? key, appId, connection });
  }
  return open;
}

/** Ids of the Bridge's apps by their key in the config; one that the Bridge lacks is created when it is asked for. */
function createDirectory(bridge: BridgeClient, apps: LoadedConfig["apps"]) {
  let listed: Promise<Map<string, string[]>> | undefined;

  async function find(key: string): Promise<string> {
    const app = apps[key]!;
    if (app.id !== undefined) return app.id;
    const name = app.name ?? key;
    const idsByName = await (listed ??= listByName(bridge, key));
    const ids = idsByName.get(name) ?? [];
    if (ids.length > 1)
      throw new ConfigError(
        `apps.${key}: the Bridge has ${ids.length} apps named "${name}" (${ids.join(", ")}); give the id.`,
      );
    const id = ids[0] ?? (await create(name, app.cloneFrom));
    idsByName.set(name, [id]);
    return id;
  }

  async function create(name: string, cloneFrom: string | undefined): Promise<string> {
    const source = cloneFrom === undefined ? undefined : await find(cloneFrom);
    const app = await bridge.createApp({ name, ...(source !== undefined && { clone_from: source }) });
    return app.id;
  }

  return { find };
}

async function listByName(bridge: BridgeClient, key: string): Promise<Map<string, string[]>> {
  const idsByName = new Map<string, string[]>();
  try {
    for await (const { name, id } of bridge.listApps()) idsByName.set(name, [...(idsByName.get(name) ?? []), id]);
  } catch (error) {
    // The published protocol has no such call; finding an app by its name is an extension.
    if (!isApiError(error) || (error.status !== 404 && error.status !== 405)) throw error;
    throw new ConfigError(`apps.${key}: this Bridge does not list its apps; create the app there and give its id.`, {
      cause: error,
    });
  }
  return idsByName;
}
