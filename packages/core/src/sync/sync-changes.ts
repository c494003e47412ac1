import { toGuardError, type Guard } from "./guard/guard.ts";
import { PagePusher } from "./push-pages.ts";
import { Reading } from "./reading.ts";
import type { RunRecorder, RunState } from "./run-recorder.ts";
import type { SyncOptions, SyncResult } from "./sync-options.ts";
import { orDiscard, stopReading } from "./stop-reading.ts";
import { SyncSession } from "./sync-session.ts";
import { toSyncResult } from "./to-sync-result.ts";

/**
 * Pushes what changed after the cursor and abandons the session, which keeps it and removes nobody. The next cursor
 * counts only once the Bridge has every page, and none was held back.
 *
 * @throws CursorExpiredError where the system does not know the cursor any more.
 */
export async function syncChanges(
  options: SyncOptions,
  { recorder, guard, cursor }: { recorder: RunRecorder; guard: Guard; cursor: string },
): Promise<SyncResult> {
  const { bridge, appId, signal, connection } = options;
  await using session = await SyncSession.start({ bridge, appId, signal, retry: options.retry });
  const reading = new Reading(connection, {
    signal,
    canContinue: session.canContinue,
    canKeepRefs: session.canKeepRefs,
    stopAtFirstBadRecord: options.stopAtFirstBadRecord ?? false,
  });
  // One page at a time: a record that changed twice must arrive in the order of its changes.
  const pusher = new PagePusher(session, { limit: 1, onProgress: options.onProgress });
  const { id: syncId, takesReceipt } = session;
  const state: RunState = { mode: "changes", syncId, takesReceipt, reading, pusher, duplicates: new Map() };
  recorder.state = state;
  let next: string;
  try {
    next = await reading.readChanges(cursor, (slug, page) => pusher.push(slug, page));
    await pusher.drain();
  } catch (error) {
    await stopReading(reading, { pusher, session, guard });
    throw error;
  }
  reading.stop();
  const objection = await orDiscard(session, () => guard.judge({ ids: reading.ids, refs: reading.refs, end: "keep" }));
  if (objection) {
    await session.discard();
    throw toGuardError(objection, "Nothing of it was kept");
  }
  await session.abandon();
  state.progress = (await session.read()).progress;
  if (reading.missing().length > 0) return toSyncResult("abandoned", state);
  state.cursor = next;
  return toSyncResult("updated", state);
}
