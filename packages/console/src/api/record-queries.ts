import type { components } from "@bridgekit/client";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { bridgeNow } from "../components/use-now.ts";
import type { Session } from "../session/session.ts";
import { toMoment } from "./days.ts";
import { keys } from "./queries.ts";
import { type Cursor, read, toCursor, type Window, WINDOW } from "./read.ts";

export type Member = components["schemas"]["Member"];
export type SeatHistory = components["schemas"]["SeatHistory"];

interface MemberWindow extends Window<Member> {
  /** Since when members are known; null if everything is kept. */
  keptSince: string | null;
}

export interface MemberFilter extends Cursor {
  /** A day of the reader's calendar, at whose end they were members; now without one. */
  at?: string | undefined;
}

/** The accounts in a group or with a license. */
export const membersQuery = (
  { client }: Session,
  appId: string,
  slug: string,
  id: string,
  { at, cursor }: MemberFilter,
) =>
  queryOptions({
    queryKey: keys.list(appId, "members", slug, id, at, cursor),
    queryFn: async ({ signal }): Promise<MemberWindow> => {
      const query = { at: toEndOfDay(at), cursor, limit: WINDOW };
      const params = { path: { app_id: appId, slug, record_id: id }, query };
      const path = "/api/v1/bridge/apps/{app_id}/records/{slug}/{record_id}/members/";
      const { members, next, kept_since } = await read(client.api.GET(path, { params, signal }));
      return { rows: members, next: toCursor(next), keptSince: kept_since };
    },
    placeholderData: keepPreviousData,
  });

/** Of today, now: nobody knows the rest of it. */
function toEndOfDay(day: string | undefined): string | undefined {
  const end = toMoment(day, 1);
  return end === undefined || new Date(end).getTime() > bridgeNow() ? undefined : end;
}

/** The seats of a license over time, newest first. */
export const seatsQuery = ({ client }: Session, appId: string, slug: string, id: string) =>
  queryOptions({
    queryKey: keys.list(appId, "seats", slug, id),
    queryFn: ({ signal }): Promise<SeatHistory> => {
      const params = { path: { app_id: appId, slug, record_id: id }, query: { limit: 100 } };
      const path = "/api/v1/bridge/apps/{app_id}/records/{slug}/{record_id}/seats/";
      return read(client.api.GET(path, { params, signal }));
    },
  });
