import { isApiError, type BridgeClient } from "@bridgekit/client";
import { ConfigError } from "@bridgekit/core";
import type { LoadedApp } from "../config/config-schema.ts";

/** The id of an app on the Bridge; `undefined` where the Bridge does not have it. Creates nothing. */
export async function findApp(bridge: BridgeClient, key: string, app: LoadedApp): Promise<string | undefined> {
  if (app.id !== undefined) return app.id;
  const { name = key } = app;
  const ids: string[] = [];
  try {
    for await (const other of bridge.listApps()) if (other.name === name) ids.push(other.id);
  } catch (error) {
    if (!isApiError(error) || (error.status !== 404 && error.status !== 405)) throw error;
    throw new ConfigError(`apps.${key}: this Bridge does not list its apps; give the app's id.`, { cause: error });
  }
  if (ids.length > 1)
    throw new ConfigError(
      `apps.${key}: the Bridge has ${ids.length} apps named "${name}" (${ids.join(", ")}); give the id.`,
    );
  return ids[0];
}
