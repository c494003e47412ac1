import { planSync } from "@bridgekit/core/run";
import { createDirectory } from "../apps/app-directory.ts";
import { openReceipts } from "../apps/open-receipts.ts";
import type { CommandIo } from "../command-io.ts";
import { connectSession, type CommonOptions } from "./session.ts";

/**
 * `bridgekit plan`: reads each system and shows what a sync would do. Changes nothing, neither in the system nor on the
 * Bridge, and creates no app. Returns 3 if a sync would be held, 1 if a system could not be read completely.
 */
export async function plan(keys: string[], options: CommonOptions, io: CommandIo): Promise<number> {
  const { config, bridge, apps, reporter } = await connectSession(keys, options, io);
  const directory = createDirectory(bridge, config.apps);
  const signal = io.stopSignal();
  let isHeld = false;
  let isComplete = true;
  for (const { key, name, connection } of apps) {
    try {
      const appId = await directory.peek(key);
      const receipts = appId === undefined ? undefined : openReceipts(config, appId);
      const result = await planSync({ bridge, appId, connection, signal, ...(receipts && { receipts }) });
      reporter.planned(name, key, result);
      isHeld ||= result.held.length > 0;
      isComplete &&= result.missing.length === 0;
    } catch (error) {
      reporter.failed((error as Error).message, name);
      isComplete = false;
    }
  }
  reporter.close();
  if (isHeld) return 3;
  return isComplete ? 0 : 1;
}
