import { isApiError, type BridgeClient } from "@bridgekit/client";
import { ConfigError } from "@bridgekit/core";
import type { LoadedConfig } from "../config/config-schema.ts";
import { AppDeletedError } from "./app-deleted-error.ts";

/** Finds the ids of apps on the Bridge by their key in the config. */
export interface AppDirectory {
  /**
   * Creates the app if it does not exist. One that was fed before under this id is never created a second time: if it was
   * renamed on the Bridge it is found all the same, and if it was deleted there this throws `AppDeletedError`, until there is
   * another with its name. Processes that share what they know say it: null if it has to be found as if it never had been.
   */
  find(key: string, fed?: string | null): Promise<string>;
  /** Finds the app anew, as the Bridge says that it has none with this id. */
  findInPlaceOf(id: string, key: string): Promise<string>;
  /** Returns undefined if the app does not exist. */
  peek(key: string): Promise<string | undefined>;
}

interface DirectoryOptions {
  /** Whether other processes may create the same apps at this moment: then a clone waits for its source. */
  hasOthers?: boolean;
}

export function createDirectory(
  bridge: BridgeClient,
  apps: LoadedConfig["apps"],
  { hasOthers = false }: DirectoryOptions = {},
): AppDirectory {
  // Holds promises, so that two concurrent calls do not create the same app twice.
  const found = new Map<string, Promise<string>>();
  /** The ids under which apps were fed. */
  const fedAs = new Map<string, string>();
  const owners = new Map<string, string>();
  let listed: Promise<Map<string, string[]>> | undefined;

  async function find(key: string, fed?: string | null): Promise<string> {
    if (fed === undefined) return findNow(key);
    const known = await found.get(key)?.catch(() => undefined);
    if (known !== undefined) {
      if (known === fed) return known;
      forget(key, known);
    }
    if (fed === null) fedAs.delete(key);
    else fedAs.set(key, fed);
    return findNow(key);
  }

  function findNow(key: string): Promise<string> {
    const known = found.get(key);
    if (known) return known;
    const id = findOrCreate(key).then((id) => claim(id, key));
    found.set(key, id);
    id.then(
      (id) => fedAs.set(key, id),
      () => {
        // List again on the next try: the failed one may have created something.
        found.delete(key);
        listed = undefined;
      },
    );
    return id;
  }

  async function findInPlaceOf(id: string, key: string): Promise<string> {
    forget(key, id);
    fedAs.set(key, id);
    const other = await findNow(key);
    if (other !== id) return other;
    forget(key, id);
    throw new AppDeletedError({ key, name: nameOf(key), id });
  }

  function forget(key: string, id: string): void {
    found.delete(key);
    owners.delete(id);
    listed = undefined;
  }

  async function findOrCreate(key: string): Promise<string> {
    const id = (await peek(key)) ?? (await findRenamed(key));
    return id ?? create(nameOf(key), apps[key]!.cloneFrom);
  }

  async function findRenamed(key: string): Promise<string | undefined> {
    const id = fedAs.get(key);
    if (id === undefined) return undefined;
    const idsByName = await (listed ??= listByName(bridge, key));
    if ([...idsByName.values()].some((ids) => ids.includes(id))) return id;
    throw new AppDeletedError({ key, name: nameOf(key), id });
  }

  const nameOf = (key: string) => apps[key]!.name ?? key;

  async function peek(key: string): Promise<string | undefined> {
    const app = apps[key]!;
    if (app.id !== undefined) return app.id;
    const name = nameOf(key);
    const idsByName = await (listed ??= listByName(bridge, key));
    const ids = idsByName.get(name) ?? [];
    const fed = fedAs.get(key);
    if (fed !== undefined && ids.includes(fed)) return fed;
    if (ids.length > 1)
      throw new ConfigError(
        `apps.${key}: the Bridge has ${ids.length} apps named "${name}" (${ids.join(", ")}); set apps.${key}.id.`,
      );
    return ids[0];
  }

  async function create(name: string, cloneFrom: string | undefined): Promise<string> {
    const source = cloneFrom === undefined ? undefined : await findSource(name, cloneFrom);
    const app = await bridge.createApp({ name, ...(source !== undefined && { clone_from: source }) });
    return app.id;
  }

  async function findSource(clone: string, key: string): Promise<string> {
    if (!hasOthers) return find(key);
    const id = await peek(key);
    if (id !== undefined) return id;
    throw new Error(
      `"${clone}" waits for apps.${key}, from which it is cloned: the Bridge does not have that app yet.`,
    );
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

  return { find, findInPlaceOf, peek };
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
