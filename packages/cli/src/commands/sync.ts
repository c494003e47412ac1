import { ConfigError } from "@bridgekit/core";
import { lastCounts } from "../apps/last-counts.ts";
import type { OpenApp } from "../apps/open-apps.ts";
import { syncApp } from "../apps/sync-app.ts";
import type { CommandIo } from "../command-io.ts";
import { openSession, type CommonOptions } from "./session.ts";

interface SyncCommandOptions extends CommonOptions {
  /** Hash of the approved plan. */
  approve?: string;
  full?: boolean;
}

/**
 * `bridgekit sync`: syncs all apps concurrently, once. Returns 3 if a sync is held for an operator, 4 if one was partial
 * several times in a row for the same reason, 1 if one failed.
 */
export async function sync(keys: string[], options: SyncCommandOptions, io: CommandIo): Promise<number> {
  const { approve, full } = options;
  if (approve !== undefined && keys.length !== 1)
    throw new ConfigError(
      "--approve takes the hash of one app's plan: give that app, as in `bridgekit sync APP --approve HASH`.",
    );
  const { bridge, apps, config, reporter, isMissingSome } = await openSession(keys, options, io);
  const signal = io.stopSignal();
  const syncOne = async (app: OpenApp) => {
    if (reporter.syncExpected) reporter.syncExpected(app.name, await lastCounts(bridge, app.appId));
    return syncApp(app, { bridge, config, reporter, signal, approve, full });
  };
  const ends = await Promise.all(apps.map(syncOne));
  reporter.close();
  if (ends.includes("held")) return 3;
  if (ends.includes("recurring")) return 4;
  return !isMissingSome && ends.every((end) => end === "completed" || end === "updated") ? 0 : 1;
}
