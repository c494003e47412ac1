import type { App } from "@bridgekit/client";
import type { CommandIo } from "../command-io.ts";
import { findAppId } from "../apps/find-app-id.ts";
import { printFields, printRows, toMoment, type Column } from "../output/print-rows.ts";
import { openBridge, type BridgeCommandOptions, type ChangeOptions } from "./open-bridge.ts";

const COLUMNS: readonly Column<App>[] = [
  { title: "app id", of: ({ id }) => id },
  { title: "name", of: ({ name }) => name, shrinks: true },
  { title: "last completed (UTC)", of: ({ last_synced_at }) => toMoment(last_synced_at) },
];

/** `bridgekit apps list`: the apps of the Bridge. */
export async function listApps(options: BridgeCommandOptions, io: CommandIo): Promise<void> {
  const bridge = await openBridge(options, io);
  await printRows(bridge.listApps(), COLUMNS, { json: options.json, limit: Infinity }, io);
}

/** `bridgekit apps create`: creates an app, which shares the resource types of the one given by `--clone-from`. */
export async function createApp(
  name: string,
  { cloneFrom, ...options }: ChangeOptions & { cloneFrom?: string },
  io: CommandIo,
): Promise<void> {
  const bridge = await openBridge(options, io);
  const source = cloneFrom === undefined ? undefined : await findAppId(bridge, cloneFrom);
  const app = await bridge.createApp({ name, ...(source !== undefined && { clone_from: source }) });
  printFields(app, toFields(app), options, io);
}

/** `bridgekit apps show`: an app, its resource types and the apps that share them. */
export async function showApp(idOrName: string, options: BridgeCommandOptions, io: CommandIo): Promise<void> {
  const bridge = await openBridge(options, io);
  const appId = await findAppId(bridge, idOrName);
  const [app, types] = await Promise.all([bridge.getApp(appId), bridge.listResourceTypes(appId)]);
  const shown = types.map(({ slug, name, type }) => [`${type} type`, `${slug} (${name})`] as const);
  const { clone_group: cloneGroup } = app;
  const group = cloneGroup === undefined ? [] : await Array.fromAsync(bridge.listApps({ cloneGroup }));
  const clones = group
    .filter(({ id }) => id !== appId)
    .map(({ id, name }) => ["shares types with", `${name} (${id})`] as const);
  printFields({ ...app, resource_types: types }, [...toFields(app), ...shown, ...clones], options, io);
}

function toFields({ id, name, configuration_status, created_at, last_synced_at, removal_guard, capabilities }: App) {
  return [
    ["app id", id],
    ["name", name],
    ["status", configuration_status],
    ["created", toMoment(created_at)],
    ["last completed", toMoment(last_synced_at) ?? "never"],
    ["removal guard", describeGuard(removal_guard)],
    ["connector", capabilities ? [capabilities.connector, capabilities.version].filter(Boolean).join(" ") : undefined],
    ["actions", capabilities?.actions.join(", ")],
    ["grants", capabilities?.grantable.join(", ")],
  ] as const;
}

function describeGuard(guard: App["removal_guard"]): string | undefined {
  if (guard === undefined) return undefined;
  if (guard === null) return "off";
  return `holds a sync that removes more than ${Math.round(guard.max_share * 1000) / 10} % and at least ${guard.min_count} records`;
}
