import type { components } from "@bridgekit/client";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Session } from "../session/session.ts";
import { type Cursor, read, toCursor, type Window, WINDOW } from "./read.ts";

export type Erasure = components["schemas"]["Erasure"];

/** The receipts of erased people, newest first. */
export const erasuresQuery = ({ client }: Session, { cursor }: Cursor) =>
  queryOptions({
    queryKey: ["erasures", cursor],
    queryFn: async ({ signal }): Promise<Window<Erasure>> => {
      const params = { query: { cursor, limit: WINDOW } };
      const { erasures, next } = await read(client.api.GET("/api/v1/bridge/erasures/", { params, signal }));
      return { rows: erasures, next: toCursor(next) };
    },
    placeholderData: keepPreviousData,
  });
