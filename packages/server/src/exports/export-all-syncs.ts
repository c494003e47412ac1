import type { Kysely } from "kysely";
import type { components } from "@bridgekit/client";
import { findApp } from "../apps/find-app.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import type { Handler } from "../http/operation.ts";
import { readAppSessions, type SyncFilter, toAppSyncs, toPlace } from "../sync/find-syncs.ts";
import { SYNC_COLUMNS } from "./export-syncs.ts";
import { streamExport, type ExportRows } from "./stream-export.ts";

type AppSync = components["schemas"]["AppSync"];

const PAGE_SIZE = 500;

const COLUMNS: ExportRows<AppSync>["columns"] = [
  { title: "app_id", of: ({ app_id }) => app_id },
  { title: "app", of: ({ app_name }) => app_name },
  ...SYNC_COLUMNS.map(({ title, of }) => ({ title, of: ({ session }: AppSync) => of(session) })),
];

/** The sessions of all apps that a filter finds, all of their pages. */
export function createExportAllSyncs(context: BridgeContext): Handler<"exportAllSyncs"> {
  return async ({ key, query: { format = "csv", ...filter } }) => {
    if (filter.app_id !== undefined) await findApp(context.database, key, filter.app_id);
    const pages = readPages(context.database, { ...filter, orgId: key.orgId });
    return streamExport(context, { key, format }, { name: "syncs", pages, columns: COLUMNS });
  };
}

async function* readPages(database: Kysely<Tables>, filter: SyncFilter): AsyncGenerator<AppSync[]> {
  for (let after: readonly string[] | undefined, isMore = true; isMore;) {
    const rows = await readAppSessions(database, filter, { after, limit: PAGE_SIZE });
    yield toAppSyncs(database, rows);
    const last = rows.at(-1);
    isMore = rows.length === PAGE_SIZE && last !== undefined;
    after = last && toPlace(last);
  }
}
