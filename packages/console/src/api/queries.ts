import type { App, SyncSession } from "@bridgekit/client";
import { queryOptions } from "@tanstack/react-query";
import type { Session } from "../session/session.ts";
import { read } from "./read.ts";

/** The names under which responses are kept; an event of an app makes those under it stale. */
const keys = {
  apps: ["apps"] as const,
  app: (appId: string) => ["app", appId] as const,
  syncs: (appId: string) => ["app", appId, "syncs"] as const,
};

export const appsQuery = ({ client }: Session) =>
  queryOptions({
    queryKey: keys.apps,
    queryFn: async ({ signal }): Promise<App[]> => Array.fromAsync(client.listApps({ signal })),
  });

/** The last sessions of an app, newest first. */
export const recentSyncsQuery = ({ client }: Session, appId: string, limit = 30) =>
  queryOptions({
    queryKey: [...keys.syncs(appId), limit],
    queryFn: async ({ signal }): Promise<SyncSession[]> => {
      const params = { path: { app_id: appId }, query: { limit } };
      return (await read(client.api.GET("/api/v1/bridge/apps/{app_id}/sync/", { params, signal }))).sessions;
    },
  });
