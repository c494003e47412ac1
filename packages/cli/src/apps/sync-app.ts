import type { BridgeClient } from "@bridgekit/client";
import { isSyncError, runSync, type SyncResult } from "@bridgekit/core";
import type { Reporter } from "../output/reporter.ts";
import type { OpenApp } from "./open-apps.ts";

interface SyncAppOptions {
  bridge: BridgeClient;
  reporter: Reporter;
  signal: AbortSignal;
}

/** Syncs one app and tells the user. A failure is told, not thrown: `undefined`. */
export async function syncApp(
  app: OpenApp,
  { bridge, reporter, signal }: SyncAppOptions,
): Promise<SyncResult | undefined> {
  const { name, appId, connection } = app;
  reporter.syncStarted(name);
  try {
    const onProgress = ({ slug, pushed }: { slug: string; pushed: number }) =>
      reporter.syncProgress(name, slug, pushed);
    const result = await runSync({ bridge, appId, connection, signal, onProgress });
    reporter.syncEnded(name, result);
    return result;
  } catch (error) {
    if (isSyncError(error) && error.code === "STOPPED") reporter.syncStopped(name, error.message);
    else reporter.failed((error as Error).message, name);
    return undefined;
  }
}
