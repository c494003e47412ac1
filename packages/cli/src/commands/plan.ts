import { planSync } from "@bridgekit/core";
import { createDirectory } from "../apps/app-directory.ts";
import { openReceipts } from "../apps/open-receipts.ts";
import { describePlan } from "../output/describe-plan.ts";
import { connectSession, stopSignal, type CommonOptions } from "./session.ts";

/**
 * `bridge plan`: reads each system and tells what a sync would do. Nothing is changed, neither there nor on the Bridge:
 * an app that the Bridge lacks is not created. Answers 1 where a system could not be read, or not all of it.
 */
export async function plan(keys: string[], options: CommonOptions): Promise<number> {
  const { config, bridge, redaction, apps, reporter } = await connectSession(keys, options);
  const directory = createDirectory(bridge, config.apps);
  const signal = stopSignal();
  let exitCode = 0;
  for (const { key, name, connection } of apps) {
    try {
      const appId = await directory.peek(key);
      const receipts = appId === undefined ? undefined : openReceipts(config, appId);
      const result = await planSync({ bridge, appId, connection, signal, ...(receipts && { receipts }) });
      if (options.json)
        console.log(
          redaction.redact(JSON.stringify({ event: "plan", at: new Date().toISOString(), app: name, ...result })),
        );
      else for (const line of describePlan(result, key)) reporter.note(line, name);
      if (result.missing.length > 0) exitCode = 1;
    } catch (error) {
      reporter.failed((error as Error).message, name);
      exitCode = 1;
    }
  }
  reporter.close();
  return exitCode;
}
