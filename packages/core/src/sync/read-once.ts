import { Reading } from "./reading.ts";
import type { SyncOptions } from "./sync-options.ts";

/** Reads everything and pushes nothing. */
export async function readOnce(
  { connection, signal }: Pick<SyncOptions, "connection" | "signal">,
  onRecord?: (slug: string, record: { id: string }) => void,
): Promise<Reading> {
  const reading = new Reading(connection, {
    signal,
    // Only the response to a start says whether these can be pushed; nothing is started here.
    canContinue: true,
    canKeepRefs: true,
    stopAtFirstBadRecord: false,
    ...(onRecord && { onRecord }),
  });
  try {
    await reading.readEverything(
      async () => undefined,
      async () => undefined,
    );
  } finally {
    reading.stop();
  }
  return reading;
}
