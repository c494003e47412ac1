import type { App, BridgeClient } from "@bridgekit/client";
import { UsageError } from "../usage-error.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Finds the id of an app by its id or its name. */
export async function findAppId(bridge: BridgeClient, idOrName: string): Promise<string> {
  if (UUID.test(idOrName)) return idOrName;
  const apps: App[] = [];
  for await (const app of bridge.listApps()) apps.push(app);
  const found = apps.filter(({ name }) => name === idOrName);
  if (found.length === 1) return found[0]!.id;
  if (found.length > 1)
    throw new UsageError(
      `${found.length} apps are named "${idOrName}"; give the id of one: ${found.map(({ id }) => id).join(", ")}.`,
    );
  const names = apps.map(({ name }) => `"${name}"`).join(", ");
  throw new UsageError(`The Bridge has no app "${idOrName}"; it has ${names || "none yet"}.`);
}
