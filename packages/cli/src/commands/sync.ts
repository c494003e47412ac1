import { lastCounts } from "../apps/last-counts.ts";
import type { OpenApp } from "../apps/open-apps.ts";
import { syncApp } from "../apps/sync-app.ts";
import { openSession, stopSignal, type CommonOptions } from "./session.ts";

/** `bridge sync`: one sync of each app, at the same time. Answers the exit code. */
export async function sync(keys: string[], options: CommonOptions): Promise<number> {
  const { bridge, apps, reporter } = await openSession(keys, options);
  const signal = stopSignal();
  const syncOne = async (app: OpenApp) => {
    if (reporter.syncExpected) reporter.syncExpected(app.name, await lastCounts(bridge, app.appId));
    return syncApp(app, { bridge, reporter, signal });
  };
  const results = await Promise.all(apps.map(syncOne));
  reporter.close();
  return results.every((result) => result?.status === "completed") ? 0 : 1;
}
