import type { components } from "@bridgekit/client";
import type { BridgeContext } from "../bridge-context.ts";
import type { Handler } from "../http/operation.ts";
import { readAppOverviews } from "../overview/get-overview.ts";
import { streamExport, type ExportRows } from "./stream-export.ts";

type Schemas = components["schemas"];
type AppOverview = Schemas["AppOverview"];

const PAGE_SIZE = 100;

const COLUMNS: ExportRows<AppOverview>["columns"] = [
  { title: "app_id", of: ({ app_id }) => app_id },
  { title: "name", of: ({ name }) => name },
  { title: "created_at", of: ({ created_at }) => created_at },
  { title: "state", of: ({ state }) => state },
  { title: "last_synced_at", of: ({ last_synced_at }) => last_synced_at },
  { title: "is_overdue", of: ({ is_overdue }) => is_overdue },
  { title: "accounts", of: ({ accounts }) => accounts },
  { title: "open_tasks", of: ({ open_tasks }) => toCell(open_tasks) },
  { title: "failed_tasks", of: ({ failed_tasks }) => toCell(failed_tasks) },
  { title: "worker", of: ({ runner }) => runner?.worker },
  { title: "next_run_at", of: ({ runner }) => runner?.next_run_at },
  { title: "paused_at", of: ({ runner }) => runner?.paused_at },
  { title: "parked_at", of: ({ runner }) => runner?.parked_at },
  { title: "clone_group", of: ({ clone_group }) => clone_group },
  { title: "message", of: ({ failure, held, partial }) => failure?.message ?? held?.message ?? partial?.reason },
];

/** How every app is doing, all of the pages. */
export function createExportApps(context: BridgeContext): Handler<"exportApps"> {
  return async ({ key, query: { format = "csv", clone_group } }) => {
    const pages = readPages(context, { orgId: key.orgId, cloneGroup: clone_group });
    return streamExport(context, { key, format }, { name: "apps", pages, columns: COLUMNS });
  };
}

async function* readPages(
  { database, now }: BridgeContext,
  filter: { orgId: string; cloneGroup: string | undefined },
): AsyncGenerator<AppOverview[]> {
  let cursor: string | undefined;
  do {
    const { apps, next } = await readAppOverviews(database, { ...filter, cursor, limit: PAGE_SIZE, now: now() });
    yield apps;
    cursor = next;
  } while (cursor !== undefined);
}

function toCell({ count, count_is_exact }: Schemas["BoundedCount"]): number | string {
  return count_is_exact ? count : `${count}+`;
}
