import type { BridgeClient } from "@bridgekit/client";
import { isSyncError, needsApproval, runSync, type SyncResult } from "@bridgekit/core/run";
import { settingsOf } from "../config/config-schema.ts";
import type { LoadedConfigFile } from "../config/load-config.ts";
import type { Reporter } from "../output/reporter.ts";
import type { OpenApp } from "./open-apps.ts";
import { openReceipts } from "./open-receipts.ts";

interface SyncAppOptions {
  bridge: BridgeClient;
  config: Pick<LoadedConfigFile, "apps" | "folder" | "stateDir" | "run">;
  reporter: Reporter;
  signal: AbortSignal;
  /** Hash of the plan that may pass. */
  approve?: string | undefined;
  /** Reads everything, also where only changes are due. */
  full?: boolean | undefined;
}

/**
 * How the sync of an app ended. `held`: it waits for an operator to look at it; `recurring`: it was partial for the same
 * reason several times running.
 */
export type SyncEnd = SyncResult["status"] | "recurring" | "failed" | "held" | "stopped";

/** Syncs one app and tells the user. A failure is told, not thrown. */
export async function syncApp(
  app: OpenApp,
  { bridge, config, reporter, signal, approve, full }: SyncAppOptions,
): Promise<SyncEnd> {
  const { name, appId, connection } = app;
  const { fullEverySeconds, reconcileTimeoutSeconds, recurringAfterRuns } = settingsOf(config, app.key);
  reporter.syncStarted(name);
  try {
    const result = await runSync({
      bridge,
      appId,
      connection,
      signal,
      receipts: openReceipts(config, appId),
      fullEverySeconds,
      ...(reconcileTimeoutSeconds !== undefined && { reconciliationTimeoutSeconds: reconcileTimeoutSeconds }),
      ...(recurringAfterRuns !== undefined && { recurringAfterRuns }),
      ...(full !== undefined && { full }),
      onProgress: ({ slug, pushed }) => reporter.syncProgress(name, slug, pushed),
      ...(approve !== undefined && { approve }),
    });
    reporter.syncEnded(name, result);
    return result.status === "abandoned" && result.incomplete?.isRecurring ? "recurring" : result.status;
  } catch (error) {
    if (isSyncError(error) && error.code === "STOPPED") {
      reporter.syncStopped(name, error.message);
      return "stopped";
    }
    reporter.failed((error as Error).message, name);
    return needsApproval(error) ? "held" : "failed";
  }
}
