import type { Guard } from "./guard/guard.ts";
import type { PagePusher } from "./push-pages.ts";
import type { Reading } from "./reading.ts";
import type { SyncSession } from "./sync-session.ts";

/**
 * Ends a run that failed while it read. What was pushed is kept once the session is abandoned, so the pages on their way
 * arrive first; but where accounts have lost too much in it, nothing of it may be kept.
 */
export async function stopReading(
  reading: Reading,
  { pusher, session, guard }: { pusher: PagePusher; session: SyncSession; guard: Guard },
): Promise<void> {
  reading.stop();
  await pusher.settle();
  // The error that ended the run is the one to see; a session left open is replaced by the next start.
  if (await guard.takesAccess(reading).catch(() => true)) await session.discard().catch(() => undefined);
}

/** Judges a run. Where that fails nothing of the run may be kept either: nobody knows what it takes away. */
export async function orDiscard<T>(session: SyncSession, judge: () => Promise<T>): Promise<T> {
  try {
    return await judge();
  } catch (error) {
    await session.discard().catch(() => undefined);
    throw error;
  }
}
