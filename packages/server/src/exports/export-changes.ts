import type { Kysely } from "kysely";
import type { components } from "@bridgekit/client";
import { findApp } from "../apps/find-app.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import type { Handler } from "../http/operation.ts";
import { type ChangesFilter, type Place, readRecentChanges } from "../sync/changes/list-recent-changes.ts";
import { streamExport, type ExportRows } from "./stream-export.ts";

type RecentChange = components["schemas"]["RecentChange"];

const PAGE_SIZE = 500;

const COLUMNS: ExportRows<RecentChange>["columns"] = [
  { title: "at", of: ({ at }) => at },
  { title: "app_id", of: ({ app_id }) => app_id },
  { title: "sync_id", of: ({ sync_id }) => sync_id },
  { title: "change", of: ({ change }) => change },
  { title: "slug", of: ({ slug }) => slug },
  { title: "id", of: ({ id }) => id },
  { title: "email", of: (change) => toText(change, "email") },
  { title: "username", of: (change) => toText(change, "username") },
  { title: "name", of: (change) => toText(change, "name") },
  { title: "before", of: ({ before }) => before && JSON.stringify(before.data) },
  { title: "after", of: ({ after }) => after && JSON.stringify(after.data) },
];

/** The changes that a filter finds, all of their pages. */
export function createExportChanges(context: BridgeContext): Handler<"exportChanges"> {
  return async ({ key, query: { format = "csv", ...filter } }) => {
    if (filter.app_id !== undefined) await findApp(context.database, key, filter.app_id);
    const pages = readPages(context.database, { ...filter, orgId: key.orgId });
    return streamExport(context, { key, format }, { name: "changes", pages, columns: COLUMNS });
  };
}

async function* readPages(database: Kysely<Tables>, filter: ChangesFilter): AsyncGenerator<RecentChange[]> {
  let from: Place | undefined;
  do {
    const { changes, end } = await readRecentChanges(database, filter, { from, limit: PAGE_SIZE });
    yield changes;
    from = end;
  } while (from !== undefined);
}

/** A field of the record as it is now or, if it was removed, as it was. */
function toText({ before, after }: RecentChange, field: string): string | null {
  const value = (after ?? before)?.data[field];
  return typeof value === "string" ? value : null;
}
