import type { Kysely } from "kysely";
import type { components } from "@bridgekit/client";
import { type App, findApp } from "../apps/find-app.ts";
import { resourceTypesOf } from "../apps/resource-types.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import type { Handler } from "../http/operation.ts";
import { readSyncSessions, toSyncSession } from "../sync/read-sync-session.ts";
import { streamExport, type ExportRows } from "./stream-export.ts";

type SyncSession = components["schemas"]["SyncSession"];

const PAGE_SIZE = 500;

export const SYNC_COLUMNS: ExportRows<SyncSession>["columns"] = [
  { title: "sync_id", of: ({ sync_id }) => sync_id },
  { title: "status", of: ({ status }) => status },
  { title: "started_at", of: ({ started_at }) => started_at },
  { title: "ended_at", of: ({ ended_at }) => ended_at },
  { title: "reconciled_at", of: ({ reconciled_at }) => reconciled_at },
  { title: "read", of: ({ progress }) => sum(progress, "synced_count") },
  { title: "created", of: ({ progress }) => sum(progress, "created") },
  { title: "updated", of: ({ progress }) => sum(progress, "updated") },
  { title: "removed", of: ({ progress }) => sum(progress, "removed") },
  { title: "refs_gained", of: ({ progress }) => sumIfCounted(progress, "refs_gained") },
  { title: "refs_lost", of: ({ progress }) => sumIfCounted(progress, "refs_lost") },
  { title: "push_seconds", of: ({ push_seconds }) => push_seconds },
  { title: "reconciliation_seconds", of: ({ reconciliation_seconds }) => reconciliation_seconds },
  { title: "started_by", of: ({ started_by }) => started_by },
  { title: "confirmed_by", of: ({ confirmed_by }) => confirmed_by },
  { title: "discarded_by", of: ({ discarded_by }) => discarded_by },
  { title: "error_code", of: ({ error }) => error?.error_code },
  { title: "message", of: ({ error, last_failure }) => error?.message ?? last_failure },
];

/** The sessions of an app, all of their pages. */
export function createExportSyncs(context: BridgeContext): Handler<"exportSyncs"> {
  return async ({ key, path, query: { format = "csv" } }) => {
    const app = await findApp(context.database, key, path.app_id);
    const pages = readPages(context.database, app);
    return streamExport(context, { key, format }, { name: "syncs", pages, columns: SYNC_COLUMNS });
  };
}

async function* readPages(database: Kysely<Tables>, app: App): AsyncGenerator<SyncSession[]> {
  const types = await resourceTypesOf(database, app.clone_group_id);
  for (let before: string | undefined, isMore = true; isMore;) {
    const rows = await readSyncSessions(database, { appId: app.id, before, limit: PAGE_SIZE });
    yield rows.map((row) => toSyncSession(row, types));
    const last = rows.at(-1);
    isMore = rows.length === PAGE_SIZE && last !== undefined;
    before = last && String(last.sequence);
  }
}

type Figure = "synced_count" | "created" | "updated" | "removed" | "refs_gained" | "refs_lost";

function sum(progress: SyncSession["progress"], figure: Figure): number {
  return progress.reduce((total, type) => total + (type[figure] ?? 0), 0);
}

/** Nothing instead of 0 where an earlier version counted none. */
function sumIfCounted(progress: SyncSession["progress"], figure: Figure): number | undefined {
  return progress.some((type) => type[figure] !== undefined) ? sum(progress, figure) : undefined;
}
