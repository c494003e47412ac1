import { toGuardError, type Guard } from "./guard/guard.ts";
import type { Approval } from "./plan/open-approval.ts";
import { PagePusher } from "./push-pages.ts";
import { Reading } from "./reading.ts";
import type { RunRecorder } from "./run-recorder.ts";
import type { SyncOptions, SyncResult } from "./sync-options.ts";
import { orDiscard, stopReading } from "./stop-reading.ts";
import { SyncSession } from "./sync-session.ts";
import { toSyncResult } from "./to-sync-result.ts";

// Enough for a Bridge that is 50 ms away to be kept busy.
const PAGES_IN_FLIGHT = 32;

/** Reads and pushes everything, and completes the session where it is proved to be everything. */
export async function syncEverything(
  options: SyncOptions,
  { recorder, guard, approval }: { recorder: RunRecorder; guard: Guard; approval: Approval | undefined },
): Promise<SyncResult> {
  const { bridge, appId, signal, connection, receipts, reconciliationTimeoutSeconds = 600 } = options;
  await using session = await SyncSession.start({ bridge, appId, signal, retry: options.retry });
  const reading = new Reading(connection, {
    signal,
    canContinue: session.canContinue,
    canKeepRefs: session.canKeepRefs,
    stopAtFirstBadRecord: options.stopAtFirstBadRecord ?? false,
  });
  const pusher = new PagePusher(session, {
    limit: options.pagesInFlight ?? PAGES_IN_FLIGHT,
    onProgress: options.onProgress,
  });
  const duplicates = new Map<string, number>();
  const { id: syncId, takesReceipt } = session;
  const state: RunRecorder["state"] = { mode: "full", syncId, takesReceipt, reading, pusher, duplicates };
  recorder.state = state;
  try {
    const cursor = receipts && (await reading.readCursor());
    await reading.readEverything(
      (slug, page) => pusher.push(slug, page),
      async (slug) => {
        await pusher.drain();
        pusher.countsOf(slug);
        duplicates.set(slug, reading.ids.get(slug)!.dropDuplicates());
      },
    );
    state.cursor = cursor;
  } catch (error) {
    await stopReading(reading, { pusher, session, guard });
    throw error;
  }
  reading.stop();

  const isPartial = reading.missing().length > 0;
  await judge(reading, { pusher, session, guard, approval, isPartial });
  if (isPartial) {
    // What is missing may be among the changes before the cursor.
    state.cursor = undefined;
    await session.abandon();
    state.progress = (await session.read()).progress;
    return toSyncResult("abandoned", state);
  }
  await session.complete();
  state.progress = (
    await session.waitUntilReconciled(reconciliationTimeoutSeconds, { isApproved: approval !== undefined })
  ).progress;
  return toSyncResult("completed", state);
}

/** Throws where an operator has to look at it first. Of a run that would take access away nothing is kept. */
async function judge(reading: Reading, { pusher, session, guard, approval, isPartial }: Judging): Promise<void> {
  const refusal = await orDiscard(session, async () => approval?.check(reading));
  if (approval && (!refusal || !isPartial)) {
    if (!refusal) return;
    await session.discard();
    throw refusal;
  }
  const { ids, refs } = reading;
  const end = isPartial ? "keep" : "complete";
  const objection = await orDiscard(session, () => guard.judge({ ids, refs, end, known: pusher.known }));
  if (!objection) return;
  if (objection.takesAccess) await session.discard();
  const consequence = objection.takesAccess ? "Nothing of it was kept" : "Nobody was removed";
  throw toGuardError(objection, consequence);
}

interface Judging {
  pusher: PagePusher;
  session: SyncSession;
  guard: Guard;
  approval: Approval | undefined;
  /** What was not read is not removed. */
  isPartial: boolean;
}
