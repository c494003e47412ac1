import { setTimeout as sleep } from "node:timers/promises";

// A timer lasts at most 24 days, and does not notice that the machine slept or its clock was set.
const LONGEST_NAP_MS = 60_000;

/** Waits until `time` or until the signal aborts; does not throw. */
export async function pauseUntil(time: Date, signal: AbortSignal): Promise<void> {
  for (;;) {
    const milliseconds = time.getTime() - Date.now();
    if (milliseconds <= 0 || signal.aborted) return;
    await sleep(Math.min(milliseconds, LONGEST_NAP_MS), undefined, { signal }).catch(() => undefined);
  }
}
