import { AdaptiveWindow } from "./adaptive-window.ts";
import { toGuardError, type Guard } from "./guard/guard.ts";
import type { RunEnd } from "./run-end.ts";
import { SyncSession } from "./session.ts";
import { orDiscard, stopReading } from "./stop-reading.ts";
import { StreamReader } from "./stream-reader.ts";
import type { SyncOptions } from "./sync-options.ts";

/**
 * Pushes what changed after the cursor and abandons the session, which keeps it and removes nobody. The next cursor
 * counts only once the Bridge has every page and nothing was missing. Fails with `CursorExpiredError` if the system no
 * longer knows the cursor.
 */
export async function syncDelta(
  options: SyncOptions,
  { guard, cursor }: { guard: Guard; cursor: string },
): Promise<RunEnd> {
  await using session = await SyncSession.start(options);
  const reader = new StreamReader(options, session);
  const run = { mode: "changes", session, reader } as const;
  try {
    await readAndPush(cursor, { session, reader, guard });
    const { ids, refs } = reader;
    const objection = await orDiscard(session, () => guard.judge({ ids, refs, end: "keep" }));
    if (objection) {
      await session.discard();
      throw toGuardError(objection, "Nothing of it was kept");
    }
    await session.abandon();
    const { progress } = await session.read();
    if (reader.missing().length > 0) return { ...run, status: "abandoned", progress };
    return { ...run, status: "updated", progress, cursor: reader.nextCursor };
  } catch (error) {
    return { ...run, status: "failed", error };
  }
}

async function readAndPush(
  cursor: string,
  { session, reader, guard }: { session: SyncSession; reader: StreamReader; guard: Guard },
): Promise<void> {
  // One page at a time: a record that changed twice must arrive in the order of its changes.
  const window = new AdaptiveWindow({ limit: 1 });
  try {
    for await (const { slug, page } of reader.readChanges(cursor))
      await window.add(async (onBusy) => {
        await session.push(slug, page, onBusy);
        reader.timeline.addPage("changes");
      });
    await window.drain();
    reader.stop();
  } catch (error) {
    await stopReading(reader, { window, session, guard });
    throw error;
  }
}
