import type { BridgeClient } from "@bridgekit/client";
import { connectApps, selectApps } from "../apps/open-apps.ts";
import { createReporter } from "../output/create-reporter.ts";
import { toLogger } from "../output/reporter.ts";
import { configure, type CommonOptions } from "./session.ts";

/** `bridge check`: the Bridge's key, then each app's credentials and permissions. Nothing is written anywhere. */
export async function check(keys: string[], options: CommonOptions): Promise<number> {
  const { config, bridge, redaction } = await configure(options);
  const reporter = await createReporter(options, redaction.redact);
  const selected = selectApps(config.apps, keys);
  const connections = await connectApps(selected, {
    shown: config.shown,
    redaction,
    loggerOf: (name) => toLogger(reporter, name),
  });

  let isOk = true;
  const fail = (error: unknown, app?: string) => {
    isOk = false;
    reporter.failed((error as Error).message, app);
  };
  try {
    await tryKey(bridge, selected.find(([, { id }]) => id !== undefined)?.[1].id);
    reporter.checked("Bridge", [{ name: "API key", isOk: true, message: bridge.baseUrl }]);
  } catch (error) {
    fail(error, "Bridge");
  }
  for (const [key, { name = key }] of selected) {
    try {
      const results = await connections.get(key)!.check();
      reporter.checked(name, results);
      isOk &&= results.every((result) => result.isOk);
    } catch (error) {
      fail(error, name);
    }
  }
  reporter.close();
  return isOk ? 0 : 1;
}

/** The cheapest call that needs the key; a Bridge without our extensions has tasks, and no list of apps. */
async function tryKey(bridge: BridgeClient, appId: string | undefined): Promise<void> {
  const rows = appId === undefined ? bridge.listApps() : bridge.listTasks(appId, { status: "pending", pageSize: 1 });
  await rows.next();
}
