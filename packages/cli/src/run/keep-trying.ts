import { pauseUntil } from "./pause-until.ts";

export interface KeepTryingOptions {
  signal: AbortSignal;
  /** Seconds before the second attempt; doubled after each failure, up to five minutes. */
  firstPauseSeconds?: number;
  /** Called after each failure. */
  onFailure: (error: unknown, nextTry: Date) => void;
}

const LONGEST_PAUSE_SECONDS = 300;

/** Calls `attempt` until it succeeds; returns undefined if the signal aborts first. */
export async function keepTrying<T>(
  attempt: () => Promise<T>,
  { signal, firstPauseSeconds = 5, onFailure }: KeepTryingOptions,
): Promise<T | undefined> {
  for (let seconds = firstPauseSeconds; !signal.aborted; seconds = Math.min(seconds * 2, LONGEST_PAUSE_SECONDS)) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted) return undefined;
      // Jitter between half and the whole pause: apps that failed together must not retry together.
      const nextTry = new Date(Date.now() + seconds * 1000 * (0.5 + Math.random() / 2));
      onFailure(error, nextTry);
      await pauseUntil(nextTry, signal);
    }
  }
  return undefined;
}
