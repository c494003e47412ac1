import { traceStream } from "../telemetry/trace-sync.ts";
import { AdaptiveWindow } from "./adaptive-window.ts";
import { toGuardError, type Guard } from "./guard/guard.ts";
import type { Approval } from "./plan/open-approval.ts";
import { waitUntilReconciled } from "./reconciliation.ts";
import type { RunEnd } from "./run-end.ts";
import { SyncSession } from "./session.ts";
import { orDiscard, stopReading } from "./stop-reading.ts";
import { StreamReader } from "./stream-reader.ts";
import type { SyncOptions } from "./sync-options.ts";

// Enough to keep a Bridge busy that is 50 ms away.
const PAGES_IN_FLIGHT = 32;

interface Judges {
  guard: Guard;
  /** What an operator has approved. */
  approval: Approval | undefined;
}

/** Reads and pushes everything, and completes the session if it is proved to be everything. */
export async function syncFull(options: SyncOptions, judges: Judges): Promise<RunEnd> {
  await using session = await SyncSession.start(options);
  const reader = new StreamReader(options, session);
  const run = { mode: "full", session, reader } as const;
  try {
    const cursor = await readAndPush(options, { session, reader, guard: judges.guard });
    const isPartial = reader.missing().length > 0;
    await judge(reader, { ...judges, session, isPartial });
    if (isPartial) {
      await session.abandon();
      // No cursor: what is missing may be among the changes before it.
      return { ...run, status: "abandoned", progress: (await session.read()).progress };
    }
    await session.complete();
    const { progress } = await waitUntilReconciled(session, {
      timeoutSeconds: options.reconciliationTimeoutSeconds ?? 600,
      signal: options.signal,
      isApproved: judges.approval !== undefined,
    });
    return { ...run, status: "completed", progress, cursor };
  } catch (error) {
    return { ...run, status: "failed", error };
  }
}

/** Returns where the changes begin that the next run reads. */
async function readAndPush(
  { receipts, pagesInFlight = PAGES_IN_FLIGHT }: SyncOptions,
  { session, reader, guard }: { session: SyncSession; reader: StreamReader; guard: Guard },
): Promise<string | undefined> {
  const window = new AdaptiveWindow({ limit: pagesInFlight });
  try {
    const cursor = receipts && (await reader.readCursor());
    for (const slug of reader.slugs) {
      await traceStream(slug, async () => {
        for await (const page of reader.read(slug))
          await window.add(
            async (onBusy) => {
              await session.push(slug, page, onBusy);
              reader.timeline.addPage(slug);
            },
            { comesAfterOthers: page.isContinuation },
          );
      });
      // An account may only refer to what the Bridge has.
      await window.drain();
    }
    reader.stop();
    return cursor;
  } catch (error) {
    await stopReading(reader, { window, session, guard });
    throw error;
  }
}

/** Throws if an operator has to look at it first. A run that would take access away is discarded. */
async function judge(
  reader: StreamReader,
  { session, guard, approval, isPartial }: Judges & { session: SyncSession; isPartial: boolean },
): Promise<void> {
  const refusal = await orDiscard(session, async () => approval?.check(reader));
  if (approval && (!refusal || !isPartial)) {
    if (!refusal) return;
    await session.discard();
    throw refusal;
  }
  const { ids, refs } = reader;
  // What was not read is not removed.
  const end = isPartial ? "keep" : "complete";
  const objection = await orDiscard(session, () => guard.judge({ ids, refs, end, known: session.known }));
  if (!objection) return;
  if (objection.takesAccess) await session.discard();
  throw toGuardError(objection, objection.takesAccess ? "Nothing of it was kept" : "Nobody was removed");
}
