import { syncApp, type SyncAppOptions, type SyncEnd } from "../apps/sync-app.ts";
import type { LoadedConfigFile } from "../config/load-config.ts";
import type { OpenApp } from "../apps/open-apps.ts";
import type { RunReporter } from "../output/reporter.ts";
import { watchStall } from "./stall-watch.ts";

interface SyncOnceOptions extends Pick<SyncAppOptions, "bridge" | "signal" | "receipts" | "generation"> {
  config: LoadedConfigFile;
  reporter: RunReporter;
}

/** Syncs an app as long as pages arrive. Failures are reported; never throws, so that other apps are not affected. */
export async function syncOnce(
  app: OpenApp,
  { config, signal, reporter, ...options }: SyncOnceOptions,
): Promise<SyncEnd> {
  const { stallSeconds } = config.run;
  using stall = watchStall(signal, stallSeconds);
  const watched: RunReporter = {
    ...reporter,
    syncProgress(name, slug, pushed) {
      stall.progress();
      reporter.syncProgress(name, slug, pushed);
    },
    syncStopped(name, message) {
      if (!stall.isStalled) reporter.syncStopped(name, message);
      else
        reporter.failed(
          `The sync was abandoned because no page arrived for ${stallSeconds} seconds. ${message} If the system is ` +
            `really that slow, raise run.stallSeconds.`,
          name,
        );
    },
  };
  try {
    return await syncApp(app, { ...options, config, reporter: watched, signal: stall.signal });
  } catch (error) {
    reporter.failed((error as Error).message, app.name);
    return "failed";
  }
}
