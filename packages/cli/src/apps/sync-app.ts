import type { BridgeClient } from "@bridgekit/client";
import { isSyncError, needsApproval, runSync, type ReceiptStore, type SyncResult } from "@bridgekit/core/run";
import { settingsOf } from "../config/config-schema.ts";
import type { LoadedConfigFile } from "../config/load-config.ts";
import type { Reporter } from "../output/reporter.ts";
import type { OpenApp } from "./open-apps.ts";
import { openReceipts } from "./open-receipts.ts";

export interface SyncAppOptions {
  bridge: BridgeClient;
  config: Pick<LoadedConfigFile, "apps" | "folder" | "stateDir" | "run">;
  reporter: Reporter;
  signal: AbortSignal;
  /** Hash of the plan that an operator approved. */
  approve?: string | undefined;
  /** Reads everything, even if only changes are due. */
  full?: boolean | undefined;
  /** The receipts of the app; by default those in its state folder. */
  receipts?: ReceiptStore;
  /** The number of this sync, if it runs in a fleet. */
  generation?: number;
}

/**
 * How the sync of an app ended. `held`: it waits for an operator; `recurring`: it was partial several times in a row
 * for the same reason.
 */
export type SyncEnd = SyncResult["status"] | "recurring" | "failed" | "held" | "stopped";

/** Syncs one app and reports the result to the user; does not throw if the sync fails. */
export async function syncApp(
  app: OpenApp,
  { bridge, config, reporter, signal, approve, full, receipts, generation }: SyncAppOptions,
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
      receipts: receipts ?? openReceipts(config, appId),
      fullEverySeconds,
      ...(reconcileTimeoutSeconds !== undefined && { reconciliationTimeoutSeconds: reconcileTimeoutSeconds }),
      ...(recurringAfterRuns !== undefined && { recurringAfterRuns }),
      ...(generation !== undefined && { generation }),
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
