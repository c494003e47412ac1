import { isApiError, type BridgeClient } from "@bridgekit/client";
import { ConfigError } from "@bridgekit/core";
import type { LoadedConfig } from "../config/config-schema.ts";

/** Ids of the Bridge's apps by their key in the config. */
export interface AppDirectory {
  /** One that the Bridge lacks is created. */
  find(key: string): Promise<string>;
  /** `undefined` where the Bridge has no such app. */
  peek(key: string): Promise<string | undefined>;
}

export function createDirectory(bridge: BridgeClient, apps: LoadedConfig["apps"]): AppDirectory {
  // Kept as promises: two apps that ask at the same time must not create the same one twice.
  const found = new Map<string, Promise<string>>();
  const owners = new Map<string, string>();
  let listed: Promise<Map<string, string[]>> | undefined;

  function find(key: string): Promise<string> {
    const known = found.get(key);
    if (known) return known;
    const id = findOrCreate(key).then((id) => claim(id, key));
    found.set(key, id);
    id.catch(() => {
      // What the Bridge has may have changed by the next try, by this one as well.
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
        `apps.${key}: the Bridge has ${ids.length} apps named "${name}" (${ids.join(", ")}); give the id.`,
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
        `apps.${key} and apps.${owner} feed the same app of the Bridge (${id}); each needs its own.`,
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
    // The published protocol has no such call; finding an app by its name is an extension.
    if (!isApiError(error) || (error.status !== 404 && error.status !== 405)) throw error;
    throw new ConfigError(`apps.${key}: this Bridge does not list its apps; create the app there and give its id.`, {
      cause: error,
    });
  }
  return idsByName;
}
