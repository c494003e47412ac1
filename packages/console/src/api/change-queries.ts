import type { ChangeSort, components } from "@bridgekit/client";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ExportFormat } from "../components/export-buttons.tsx";
import type { Session } from "../session/session.ts";
import { toMoment } from "./days.ts";
import { type AppOverview, readOverview } from "./queries.ts";
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

const MOST_SYNCS = 100;

/** A sync in short, with its app. */
export type SyncOfApp = AppOverview["sessions"][number] & Pick<AppOverview, "app_id" | "name" | "held">;

/** The newest syncs of all apps: a list of its own, whose rows do not move when the overview is read again. */
export const allSyncsQuery = (session: Session) =>
  queryOptions({
    queryKey: ["changes", "syncs"],
    queryFn: async ({ signal }): Promise<SyncOfApp[]> => {
      const { apps } = await readOverview(session, signal);
      return apps
        .flatMap(({ app_id, name, held, sessions }) => sessions.map((point) => ({ ...point, app_id, name, held })))
        .toSorted((one, other) => other.started_at.localeCompare(one.started_at))
        .slice(0, MOST_SYNCS);
    },
  });
