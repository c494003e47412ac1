import { isCursorExpiredError } from "../errors/cursor-expired-error.ts";
import { traceSync } from "../telemetry/trace-sync.ts";
import { findCursor } from "./find-cursor.ts";
import { checkCredentials } from "./guard/check-credentials.ts";
import { knowsRefs } from "./guard/before.ts";
import { Guard } from "./guard/guard.ts";
import { openApproval } from "./plan/open-approval.ts";
import { RunRecorder } from "./run-recorder.ts";
import { syncChanges } from "./sync-changes.ts";
import { syncEverything } from "./sync-everything.ts";
import type { SyncOptions, SyncResult } from "./sync-options.ts";

/**
 * Reads what the connector declares and pushes it. The session is completed only if every stream ended by itself,
 * nothing was said to be missing, every record was fit to be sent, and the guard has no doubt; in any other case it is
 * abandoned, which removes nobody. Where the connector tells changes, most runs read only those.
 *
 * @throws SyncError where reading, pushing or applying failed, and where an operator has to look at it first.
 */
export function runSync(options: SyncOptions): Promise<SyncResult> {
  return traceSync(options, run);
}

async function run(options: SyncOptions): Promise<SyncResult> {
  const recorder = await RunRecorder.begin(options);
  return recorder.record(async () => {
    const { last, hasOtherCredentials } = recorder;
    const guard = new Guard({ ...options, last, hasOtherCredentials });
    const approval = options.approve === undefined ? undefined : await openApproval(options, options.approve);
    if (!approval && hasOtherCredentials) await checkCredentials(options, guard);
    // Other credentials may see more, and a guard that does not know what accounts referred to can't judge changes.
    const isWhole = approval !== undefined || hasOtherCredentials || !last || !knowsRefs(last);
    const cursor = isWhole ? undefined : await findCursor(options, last);
    if (cursor !== undefined) {
      try {
        return await syncChanges(options, { recorder, guard, cursor });
      } catch (error) {
        if (!isCursorExpiredError(error)) throw error;
        const fields = { appId: options.appId, error: error.message };
        options.connection.logger.info(fields, "the cursor is too old; everything is read");
      }
    }
    return syncEverything(options, { recorder, guard, approval });
  });
}
