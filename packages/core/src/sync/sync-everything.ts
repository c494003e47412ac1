import { SyncError } from "../errors/sync-error.ts";
import type { ReceiptStore } from "../receipts/receipt-store.ts";
import type { Receipt } from "../receipts/receipt.ts";
import { judgeRemovals } from "./guard/judge-removals.ts";
import type { Approval } from "./plan/open-approval.ts";
import { PagePusher } from "./push-pages.ts";
import { Reading } from "./reading.ts";
import type { RunRecorder } from "./run-recorder.ts";
import type { SyncOptions, SyncResult } from "./sync-options.ts";
import { SyncSession } from "./sync-session.ts";
import { toSyncResult } from "./to-sync-result.ts";

// Enough for a Bridge that is 50 ms away to be kept busy.
const PAGES_IN_FLIGHT = 32;

/** Reads and pushes everything, and completes the session where it is proved to be everything. */
export async function syncEverything(
  options: SyncOptions,
  recorder: RunRecorder,
  approval: Approval | undefined,
): Promise<SyncResult> {
  const { bridge, appId, signal, connection, receipts, foldTimeoutSeconds = 600 } = options;
  await using session = await SyncSession.start({ bridge, appId, signal, retry: options.retry });
  const reading = new Reading(connection, {
    signal,
    canContinue: session.canContinue,
    canKeepRefs: session.canKeepRefs,
    stopAtFirstBadRecord: options.stopAtFirstBadRecord ?? false,
    ...(approval && { onRecord: (slug, record) => approval.changes.observe(slug, record) }),
  });
  const pusher = new PagePusher(session, {
    limit: options.pagesInFlight ?? PAGES_IN_FLIGHT,
    onProgress: options.onProgress,
  });
  const duplicates = new Map<string, number>();
  const state: RunRecorder["state"] = { mode: "full", syncId: session.id, reading, pusher, duplicates };
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
  } finally {
    // Abandoning keeps what was pushed, so let the pages on their way arrive first.
    reading.stop();
    await pusher.settle();
  }

  if (reading.missing().length > 0) {
    // What is missing may be among the changes before the cursor.
    state.cursor = undefined;
    await session.abandon();
    state.progress = (await session.read()).progress;
    return toSyncResult("abandoned", state);
  }
  if (approval) await approval.check();
  else if (recorder.last && receipts) await guard(recorder.last, receipts, reading);
  await session.complete();
  state.progress = (await session.waitUntilFolded(foldTimeoutSeconds, { isApproved: approval !== undefined })).progress;
  return toSyncResult("completed", state);
}

async function guard(last: Receipt, receipts: ReceiptStore, reading: Reading): Promise<void> {
  const tooMuch = await judgeRemovals(last, receipts, reading.ids);
  if (tooMuch === undefined) return;
  throw new SyncError(
    "REMOVALS",
    `This sync would remove ${tooMuch}, compared with the last good run (${last.endedAt}). It was abandoned; nobody ` +
      `was removed. If that is right, look at it with \`bridgekit plan\` and let it pass with \`bridgekit sync --approve HASH\`.`,
  );
}
