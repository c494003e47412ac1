import { isApiError, type BridgeClient } from "@bridgekit/client";
import { ConfigError } from "@bridgekit/core";
import type { LoadedConfig } from "../config/config-schema.ts";

/** Finds the ids of apps on the Bridge by their key in the config. */
export interface AppDirectory {
  /** Creates the app if it does not exist. */
  find(key: string): Promise<string>;
  /** Returns undefined if the app does not exist. */
  peek(key: string): Promise<string | undefined>;
}

export function createDirectory(bridge: BridgeClient, apps: LoadedConfig["apps"]): AppDirectory {
  // Holds promises, so that two concurrent calls do not create the same app twice.
  const found = new Map<string, Promise<string>>();
  const owners = new Map<string, string>();
  let listed: Promise<Map<string, string[]>> | undefined;

  function find(key: string): Promise<string> {
    const known = found.get(key);
    if (known) return known;
    const id = findOrCreate(key).then((id) => claim(id, key));
    found.set(key, id);
    id.catch(() => {
      // List again on the next try: the failed one may have created something.
      found.delete(key);
      listed = undefined;
    });
    return id;
  }

  async function findOrCreate(key: string): Promise<string> {
    const { name = key, cloneFrom } = apps[key]!;
    return (await peek(key)) ?? create(name, cloneFrom);
  }

  async function peek(key: string): Promise<string | undefined> {
    const app = apps[key]!;
    if (app.id !== undefined) return app.id;
    const name = app.name ?? key;
    const idsByName = await (listed ??= listByName(bridge, key));
    const ids = idsByName.get(name) ?? [];
    if (ids.length > 1)
      throw new ConfigError(
        `apps.${key}: the Bridge has ${ids.length} apps named "${name}" (${ids.join(", ")}); set apps.${key}.id.`,
      );
    return ids[0];
  }

  async function create(name: string, cloneFrom: string | undefined): Promise<string> {
    const source = cloneFrom === undefined ? undefined : await find(cloneFrom);
    const app = await bridge.createApp({ name, ...(source !== undefined && { clone_from: source }) });
    return app.id;
  }

  function claim(id: string, key: string): string {
    const owner = owners.get(id) ?? key;
    if (owner !== key)
      throw new ConfigError(
        `apps.${key} and apps.${owner} feed the same app on the Bridge (${id}); each needs its own.`,
      );
    owners.set(id, key);
    return id;
  }

  return { find, peek };
}

async function listByName(bridge: BridgeClient, key: string): Promise<Map<string, string[]>> {
  const idsByName = new Map<string, string[]>();
  try {
    for await (const { name, id } of bridge.listApps()) idsByName.set(name, [...(idsByName.get(name) ?? []), id]);
  } catch (error) {
    // Listing apps is an extension of the published protocol.
    if (!isApiError(error) || (error.status !== 404 && error.status !== 405)) throw error;
    throw new ConfigError(
      `apps.${key}: this Bridge does not list its apps; create the app there and set apps.${key}.id.`,
      {
        cause: error,
      },
    );
  }
  return idsByName;
}
