import { type BridgeClient, isApiError } from "@bridgekit/client";
import { hostname } from "node:os";

/** Tells the Bridge when an app runs next. The run does not depend on it: a Bridge that has no such call is not asked again. */
export function createRunReporter(bridge: BridgeClient, appId: string) {
  let isOffered = true;
  return (nextRunAt: Date, { failures }: { failures: number }): void => {
    if (!isOffered) return;
    const report = {
      app_id: appId,
      worker: hostname().slice(0, 255),
      next_run_at: nextRunAt.toISOString(),
      paused_at: null,
      parked_at: null,
      failures,
    };
    bridge.reportRunners([report], { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error: unknown) => {
      if (isApiError(error) && [403, 404, 405].includes(error.status)) isOffered = false;
    });
  };
}

const TIMEOUT_MS = 10_000;
