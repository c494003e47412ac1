import type { App, BridgeClient, SyncSession } from "@bridgekit/client";
import pLimit from "p-limit";
import type { CommandIo } from "../command-io.ts";
import { printRows, toMoment, type Column } from "../output/print-rows.ts";
import { toPlain } from "../output/to-plain.ts";
import { openBridge, type BridgeCommandOptions } from "./open-bridge.ts";
import { describeStatus, isHeld } from "./sessions.ts";

interface AppStatus {
  app: App;
  last_session: SyncSession | null;
  pending_tasks: number;
}

const AT_A_TIME = 8;

const COLUMNS: readonly Column<AppStatus>[] = [
  { title: "app", of: ({ app }) => app.name, shrinks: true },
  { title: "last sync (UTC)", of: ({ last_session }) => toMoment(last_session?.started_at) ?? "never" },
  { title: "status", of: ({ last_session }) => last_session && describeStatus(last_session) },
  { title: "completed (UTC)", of: ({ app }) => toMoment(app.last_synced_at) ?? "never" },
  { title: "pending", of: ({ pending_tasks }) => pending_tasks },
];

/** `bridgekit status`: the state of each app. Returns 3 if a session is held for an administrator. */
export async function status(options: BridgeCommandOptions, io: CommandIo): Promise<number> {
  const bridge = await openBridge(options, io);
  const limit = pLimit(AT_A_TIME);
  const apps = await Array.fromAsync(bridge.listApps());
  const rows = await Promise.all(apps.map((app) => limit(() => readStatus(bridge, app))));
  if (!options.json) io.print(`Bridge at ${bridge.baseUrl}\n`);
  await printRows(rows, COLUMNS, { json: options.json, limit: Infinity }, io);

  const held = rows.filter(({ last_session }) => last_session && isHeld(last_session));
  if (!options.json)
    for (const { app, last_session } of held)
      io.print(
        `\n${toPlain(`${app.name} is held: ${last_session!.error?.message}`)}\n` +
          `  bridgekit sessions changes ${app.id} ${last_session!.sync_id} --change removed`,
      );
  return held.length > 0 ? 3 : 0;
}

async function readStatus(bridge: BridgeClient, app: App): Promise<AppStatus> {
  const sessions = bridge.listSyncs(app.id, { pageSize: 1 });
  const [newest, pending] = await Promise.all([sessions.next(), bridge.countTasks(app.id, "pending")]);
  return { app, last_session: newest.done ? null : newest.value, pending_tasks: pending };
}
