import type { Kysely } from "kysely";
import type { components } from "@bridgekit/client";
import { findApp } from "../apps/find-app.ts";
import { noSuchType, type ResourceType, resourceTypesOf } from "../apps/resource-types.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import type { Handler } from "../http/operation.ts";
import { listById, listByText, type RecordQuery } from "../records/list-records.ts";
import { readRefFilters } from "../records/record-filter.ts";
import { toLiveRecord } from "../records/to-live-record.ts";
import type { ExportRows } from "./stream-export.ts";
import { streamExport } from "./stream-export.ts";

type LiveRecord = components["schemas"]["LiveRecord"];
type Column = ExportRows<LiveRecord>["columns"][number];

const PAGE_SIZE = 500;

const FIELDS = {
  account: ["email", "username", "first_name", "last_name", "display_name"],
  group: ["name", "description"],
  license: ["name", "description", "max_count", "used_count", "is_paid", "is_unlimited"],
} as const;

/** The records of a list, all of its pages. */
export function createExportRecords(context: BridgeContext): Handler<"exportRecords"> {
  return async ({ key, path, query }) => {
    const { status, text, format = "csv" } = query;
    const app = await findApp(context.database, key, path.app_id);
    const types = await resourceTypesOf(context.database, app.clone_group_id);
    const kind = types.find(({ slug }) => slug === path.slug)?.type;
    if (kind === undefined) throw noSuchType(path.slug);
    const refs = readRefFilters(query, types);
    const asked = { appId: app.id, slug: path.slug, kind, status, refs, limit: PAGE_SIZE };
    const pages = readPages(context.database, asked, text);
    const rows = { name: path.slug, pages, columns: columnsOf(kind, types) };
    return streamExport(context, { key, format }, rows);
  };
}

async function* readPages(
  database: Kysely<Tables>,
  asked: Omit<RecordQuery, "after">,
  text: string | undefined,
): AsyncGenerator<LiveRecord[]> {
  for (let after: readonly string[] | undefined, isMore = true; isMore;) {
    const query = { ...asked, after };
    const { rows, isCut, lookedTo } = await (text === undefined
      ? listById(database, query)
      : listByText(database, text, query));
    const page = rows.slice(0, asked.limit);
    const last = page.at(-1);
    const isLonger = isCut || rows.length > asked.limit;
    after = isLonger && last !== undefined ? (last.term === undefined ? [last.id] : [last.term, last.id]) : lookedTo;
    isMore = after !== undefined;
    yield page.map(({ data, removed_at: removedAt, created_version }) =>
      toLiveRecord(data, { kind: asked.kind, removedAt, isStub: created_version === null }),
    );
  }
}

/** The fields of the kind, a column for each type of group and license, and the rest as JSON. */
function columnsOf(kind: ResourceType["type"], types: readonly ResourceType[]): Column[] {
  const fields: readonly string[] = FIELDS[kind];
  const targets = kind === "account" ? types.filter(({ type }) => type !== "account") : [];
  const shown = new Set(["id", ...fields, ...(kind === "account" ? ["status", "memberships", "assignments"] : [])]);
  return [
    { title: "id", of: ({ data }) => data.id },
    { title: "status", of: ({ status }) => status },
    { title: "removed_at", of: ({ removed_at }) => removed_at },
    ...fields.map((field) => ({ title: field, of: ({ data }: LiveRecord) => toCell(data[field]) })),
    ...targets.map(({ slug, type }) => ({ title: slug, of: ({ data }: LiveRecord) => toIds(data, slug, type) })),
    {
      title: "other",
      of: ({ data }) => {
        const rest = Object.entries(data).filter(([name]) => !shown.has(name));
        return rest.length === 0 ? null : JSON.stringify(Object.fromEntries(rest));
      },
    },
  ];
}

function toIds({ memberships, assignments }: LiveRecord["data"], slug: string, type: ResourceType["type"]): string {
  const refs = (type === "group" ? memberships : assignments)?.[slug] ?? [];
  return refs.map(({ id }) => id).join("; ");
}

function toCell(value: unknown): string | number | boolean | null {
  if (value === undefined || value === null) return null;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : JSON.stringify(value);
}
