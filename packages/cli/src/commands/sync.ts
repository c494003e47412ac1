import { ConfigError } from "@bridgekit/core";
import { syncApp } from "../apps/sync-app.ts";
import { openSession, stopSignal, type CommonOptions } from "./session.ts";

interface SyncCommandOptions extends CommonOptions {
  /** Hash of a plan. */
  approve?: string;
}

/**
 * `bridge sync`: one sync of each app, at the same time. Answers the exit code: 3 where one waits for an operator to
 * look at it, 1 where one did not come to its end.
 */
export async function sync(keys: string[], options: SyncCommandOptions): Promise<number> {
  const { approve } = options;
  if (approve !== undefined && keys.length !== 1)
    throw new ConfigError(
      "--approve takes the hash of one app's plan: name that app, as in `bridge sync APP --approve HASH`.",
    );
  const { bridge, apps, config, reporter } = await openSession(keys, options);
  const signal = stopSignal();
  const ends = await Promise.all(apps.map((app) => syncApp(app, { bridge, config, reporter, signal, approve })));
  reporter.close();
  if (ends.includes("held")) return 3;
  return ends.every((end) => end === "completed" || end === "updated") ? 0 : 1;
}
