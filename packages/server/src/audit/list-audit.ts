import type { components } from "@bridgekit/client";
import type { BridgeContext } from "../bridge-context.ts";
import { decodeMoment, encodeCursor, toPage } from "../http/cursor.ts";
import type { Handler } from "../http/operation.ts";
import { linkTo } from "../http/page-links.ts";
import { compile } from "../http/schemas.ts";
import { type EntryRow, readEntries } from "./read-entries.ts";

const isId = compile("/components/schemas/AuditEntry/properties/id");

export function createListAudit({ database, refusals }: BridgeContext): Handler<"listAudit"> {
  return async ({ key, query: { limit = 50, cursor, ...filter }, url }) => {
    const after = decodeMoment(cursor, isId);
    await refusals.flush();
    const { rows, lookedTo } = await readEntries(
      database,
      { ...filter, orgId: key.orgId },
      { after, limit: limit + 1 },
    );
    const { page, cursor: next = lookedTo && encodeCursor(lookedTo) } = toPage(rows, limit, toPlace);
    return {
      status: 200,
      body: { entries: page.map(toEntry), next: next === undefined ? null : linkTo(url, { limit, cursor: next }) },
    };
  };
}

function toPlace({ at, id }: Pick<EntryRow, "at" | "id">): readonly string[] {
  return [at.toISOString(), id];
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
