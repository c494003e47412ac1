import type { BridgeClient, Kind } from "@bridgekit/client";
import type { SyncResult } from "@bridgekit/core/run";
import type { CompanyApp } from "./open-apps.ts";

export interface AppReport {
  name: string;
  status: string;
  created: number;
  updated: number;
  removed: number;
  accounts: number;
  groups: number;
  licenses: number;
}

/** Sums the counts of an app's syncs, with the current number of live records. */
export async function reportApp(
  bridge: BridgeClient,
  { name, appId, connection }: CompanyApp,
  syncs: readonly SyncResult[],
): Promise<AppReport> {
  const progress = syncs.flatMap((sync) => sync.progress);
  const sum = (field: "created" | "updated" | "removed") =>
    progress.reduce((total, type) => total + (type[field] ?? 0), 0);
  const live: Record<Kind, number> = { account: 0, group: 0, license: 0 };
  for (const [slug, { type }] of Object.entries(connection.connector.resourceTypes))
    for await (const { removed_at } of bridge.listRecords(appId, slug)) if (removed_at === null) live[type]++;
  return {
    name,
    status: syncs.every((sync) => sync.status === "completed") ? "completed" : "abandoned",
    created: sum("created"),
    updated: sum("updated"),
    removed: sum("removed"),
    accounts: live.account,
    groups: live.group,
    licenses: live.license,
  };
}
