import type { AdaptiveWindow } from "./adaptive-window.ts";
import type { Guard } from "./guard/guard.ts";
import type { SyncSession } from "./session.ts";
import type { StreamReader } from "./stream-reader.ts";

/**
 * Ends a run whose reading or pushing failed. An abandoned session keeps what was pushed, so the pages in flight arrive
 * first; if accounts lost too much in it, the session is discarded instead.
 */
export async function stopReading(
  reader: StreamReader,
  { window, session, guard }: { window: AdaptiveWindow; session: SyncSession; guard: Guard },
): Promise<void> {
  reader.stop();
  await window.settle();
  // The caller throws the first error. A session that stays open is replaced by the next start.
  if (await guard.takesAccess(reader).catch(() => true)) await session.discard().catch(() => undefined);
}

/** Judges a run. If that fails, the session is discarded: nobody knows what it takes away. */
export async function orDiscard<T>(session: SyncSession, judge: () => Promise<T>): Promise<T> {
  try {
    return await judge();
  } catch (error) {
    await session.discard().catch(() => undefined);
    throw error;
  }
}
