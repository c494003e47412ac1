import type { AuditEntry } from "@bridgekit/client";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ExportFormat } from "../components/export-buttons.tsx";
import type { Session } from "../session/session.ts";
import { type Cursor, read, toCursor, type Window, WINDOW } from "./read.ts";

/** As in the address. */
export interface AuditFilter extends Cursor {
  text?: string | undefined;
  actor?: string | undefined;
  operation?: string | undefined;
  target?: string | undefined;
  app_id?: string | undefined;
  key_id?: string | undefined;
  /** Days of the reader, `2026-11-28`, both included. */
  from?: string | undefined;
  to?: string | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** When a day of the reader begins, or the one after it. */
function startOf(day: string | undefined, daysLater = 0): string | undefined {
  if (day === undefined || !DAY.test(day)) return undefined;
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}

function toQuery({ text, actor, operation, target, app_id, key_id, from, to }: AuditFilter) {
  return { text, actor, operation, target, app_id, key_id, since: startOf(from), until: startOf(to, 1) };
}

async function readAudit({ client }: Session, filter: AuditFilter, limit: number, signal: AbortSignal) {
  const params = { query: { ...toQuery(filter), cursor: filter.cursor, limit } };
  const { entries, next } = await read(client.api.GET("/api/v1/bridge/audit/", { params, signal }));
  return { rows: entries, next: toCursor(next) };
}

export const auditQuery = (session: Session, filter: AuditFilter) =>
  queryOptions({
    queryKey: ["audit", filter],
    queryFn: ({ signal }): Promise<Window<AuditEntry>> => readAudit(session, filter, WINDOW, signal),
    placeholderData: keepPreviousData,
  });

const LOOK_MS = 15_000;

/** The newest entries that a filter finds, polled, because no event announces them. */
export const newAuditQuery = (session: Session, filter: AuditFilter) =>
  queryOptions({
    queryKey: ["audit-news", filter],
    queryFn: ({ signal }) => readAudit(session, filter, WINDOW, signal),
    refetchInterval: LOOK_MS,
    gcTime: 0,
  });

/** All entries that a filter finds, as a file. */
export function exportAudit({ client }: Session, filter: AuditFilter, format: ExportFormat): Promise<Blob> {
  const params = { query: { ...toQuery(filter), format } };
  return read(client.api.GET("/api/v1/bridge/audit/export/", { params, parseAs: "blob" }));
}
