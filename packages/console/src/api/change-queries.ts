import type { ChangeSort, components } from "@bridgekit/client";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ExportFormat } from "../components/export-buttons.tsx";
import type { Session } from "../session/session.ts";
import { toMoment } from "./days.ts";
import { type Cursor, read, toCursor, type Window, WINDOW } from "./read.ts";

export type RecentChange = components["schemas"]["RecentChange"];

export interface RecentFilter extends Cursor {
  app_id?: string | undefined;
  change?: ChangeSort | undefined;
  slug?: string | undefined;
  text?: string | undefined;
  /** Days of the reader's calendar, such as `2026-11-15`; both are included. */
  from?: string | undefined;
  to?: string | undefined;
}

/** What syncs changed in all apps, the newest sync first. */
export const recentChangesQuery = ({ client }: Session, { cursor, ...filter }: RecentFilter) =>
  queryOptions({
    queryKey: ["changes", filter, cursor],
    queryFn: async ({ signal }): Promise<Window<RecentChange>> => {
      const params = { query: { ...toQuery(filter), cursor, limit: WINDOW } };
      const { changes, next } = await read(client.api.GET("/api/v1/bridge/changes/", { params, signal }));
      return { rows: changes, next: toCursor(next) };
    },
    placeholderData: keepPreviousData,
  });

/** All changes that a filter finds, as a file. */
export function exportChanges({ client }: Session, filter: RecentFilter, format: ExportFormat): Promise<Blob> {
  const params = { query: { ...toQuery(filter), format } };
  return read(client.api.GET("/api/v1/bridge/changes/export/", { params, parseAs: "blob" }));
}

function toQuery({ app_id, change, slug, text, from, to }: RecentFilter) {
  return { app_id, change, slug, text, since: toMoment(from, 0), until: toMoment(to, 1) };
}

export type AppSync = components["schemas"]["AppSync"];

export interface AllSyncsFilter extends Cursor {
  app_id?: string | undefined;
  status?: components["schemas"]["SyncStatus"] | undefined;
  /** Days of the reader's calendar; both are included. */
  from?: string | undefined;
  to?: string | undefined;
}

/** The syncs of all apps, the last started first. */
export const allSyncsQuery = ({ client }: Session, { cursor, ...filter }: AllSyncsFilter) =>
  queryOptions({
    queryKey: ["changes", "syncs", filter, cursor],
    queryFn: async ({ signal }): Promise<Window<AppSync>> => {
      const params = { query: { ...toSyncQuery(filter), cursor, limit: WINDOW } };
      const { sessions, next } = await read(client.api.GET("/api/v1/bridge/syncs/", { params, signal }));
      return { rows: sessions, next: toCursor(next) };
    },
    placeholderData: keepPreviousData,
  });

/** All syncs that a filter finds, as a file. */
export function exportAllSyncs({ client }: Session, filter: AllSyncsFilter, format: ExportFormat): Promise<Blob> {
  const params = { query: { ...toSyncQuery(filter), format } };
  return read(client.api.GET("/api/v1/bridge/syncs/export/", { params, parseAs: "blob" }));
}

function toSyncQuery({ app_id, status, from, to }: AllSyncsFilter) {
  return { app_id, status, since: toMoment(from, 0), until: toMoment(to, 1) };
}
