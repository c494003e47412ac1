import { type Kysely, type Selectable, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import { decodeMoment, toPage } from "../http/cursor.ts";
import type { Handler } from "../http/operation.ts";
import { linkTo } from "../http/page-links.ts";
import { compile } from "../http/schemas.ts";

const COLUMNS = [
  "id",
  "at",
  "key_id",
  "key_name",
  "operation",
  "path",
  "app_id",
  "status",
  "request_id",
  "details",
  "refusals",
  "refused_at",
] as const;
type EntryRow = Pick<Selectable<Tables["audit_entries"]>, (typeof COLUMNS)[number]>;

const isId = compile("/components/schemas/AuditEntry/properties/id");

export function createListAudit({ database, refusals }: BridgeContext): Handler<"listAudit"> {
  return async ({ key, query: { key_id, app_id, limit = 50, cursor }, url }) => {
    const after = decodeMoment(cursor, isId);
    await refusals.flush();
    const rows = await readEntries(database, { orgId: key.orgId, key_id, app_id }, { after, limit: limit + 1 });
    const { page, cursor: next } = toPage(rows, limit, ({ at, id }) => [at.toISOString(), id]);
    return {
      status: 200,
      body: { entries: page.map(toEntry), next: next === undefined ? null : linkTo(url, { limit, cursor: next }) },
    };
  };
}

/** Which entries of an organisation. */
export interface AuditFilter {
  orgId: string;
  key_id?: string | undefined;
  app_id?: string | undefined;
}

/** Entries, newest first, from the one after a place on. */
export async function readEntries(
  database: Kysely<Tables>,
  { orgId, key_id, app_id }: AuditFilter,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<EntryRow[]> {
  let entries = database.selectFrom("audit_entries").select(COLUMNS).where("org_id", "=", orgId);
  if (key_id !== undefined) entries = entries.where("key_id", "=", key_id);
  if (app_id !== undefined) entries = entries.where("app_id", "=", app_id);
  if (after !== undefined)
    entries = entries.where(sql<boolean>`(at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return entries.orderBy("at", "desc").orderBy("id", "desc").limit(limit).execute();
}

export function toEntry({
  at,
  details,
  refusals,
  refused_at,
  ...entry
}: EntryRow): components["schemas"]["AuditEntry"] {
  return {
    ...entry,
    at: at.toISOString(),
    ...(details !== null && { details }),
    ...(refused_at !== null && { refusals: { count: refusals, last_at: refused_at.toISOString() } }),
  };
}
