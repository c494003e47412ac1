import type { Kysely } from "kysely";
import type { components } from "@bridgekit/client";
import { toEntry } from "../audit/list-audit.ts";
import { type AuditFilter, readEntries } from "../audit/read-entries.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import type { Handler } from "../http/operation.ts";
import { streamExport, type ExportRows } from "./stream-export.ts";

type AuditEntry = components["schemas"]["AuditEntry"];

const PAGE_SIZE = 500;

const COLUMNS: ExportRows<AuditEntry>["columns"] = [
  { title: "at", of: ({ at }) => at },
  { title: "key_id", of: ({ key_id }) => key_id },
  { title: "key_name", of: ({ key_name }) => key_name },
  { title: "operation", of: ({ operation }) => operation },
  { title: "path", of: ({ path }) => path },
  { title: "app_id", of: ({ app_id }) => app_id },
  { title: "status", of: ({ status }) => status },
  { title: "request_id", of: ({ request_id }) => request_id },
  { title: "refusals", of: ({ refusals }) => refusals?.count },
  { title: "reason", of: ({ details }) => details?.reason },
  { title: "before", of: ({ details }) => toJson(details?.before) },
  { title: "after", of: ({ details }) => toJson(details?.after) },
];

/** The entries of the audit trail, all of its pages. */
export function createExportAudit(context: BridgeContext): Handler<"exportAudit"> {
  return async ({ key, query: { format = "csv", ...filter } }) => {
    await context.refusals.flush();
    const pages = readPages(context.database, { ...filter, orgId: key.orgId });
    return streamExport(context, { key, format }, { name: "audit", pages, columns: COLUMNS });
  };
}

async function* readPages(database: Kysely<Tables>, filter: AuditFilter): AsyncGenerator<AuditEntry[]> {
  for (let after: readonly string[] | undefined, isMore = true; isMore;) {
    const { rows, lookedTo } = await readEntries(database, filter, { after, limit: PAGE_SIZE });
    const last = rows.length === PAGE_SIZE ? rows.at(-1) : undefined;
    after = last === undefined ? lookedTo : [last.at.toISOString(), last.id];
    isMore = after !== undefined;
    yield rows.map(toEntry);
  }
}

function toJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
