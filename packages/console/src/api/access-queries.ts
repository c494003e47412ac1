import type { Key, User } from "@bridgekit/client";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Session } from "../session/session.ts";
import { type Cursor, read, toCursor, type Window, WINDOW } from "./read.ts";

export const keysQuery = ({ client }: Session, { cursor }: Cursor) =>
  queryOptions({
    queryKey: ["keys", cursor],
    queryFn: async ({ signal }): Promise<Window<Key>> => {
      const params = { query: { limit: WINDOW, cursor } };
      const list = await read(client.api.GET("/api/v1/bridge/keys/", { params, signal }));
      return { rows: list.keys, next: toCursor(list.next) };
    },
    placeholderData: keepPreviousData,
  });

export const usersQuery = ({ client }: Session, { cursor }: Cursor) =>
  queryOptions({
    queryKey: ["users", cursor],
    queryFn: async ({ signal }): Promise<Window<User>> => {
      const params = { query: { limit: WINDOW, cursor } };
      const { users, next } = await read(client.api.GET("/api/v1/bridge/users/", { params, signal }));
      return { rows: users, next: toCursor(next) };
    },
    placeholderData: keepPreviousData,
  });
