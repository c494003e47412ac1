import { pauseUntil } from "./pause.ts";

export interface KeepTryingOptions {
  signal: AbortSignal;
  /** Seconds before the second try; doubled for each further one, up to five minutes. */
  firstPauseSeconds?: number;
  /** Called after each failure. */
  onFailure: (error: unknown, nextTry: Date) => void;
}

const LONGEST_PAUSE_SECONDS = 300;

/** Calls until it succeeds, however long that takes; answers `undefined` where the signal aborts before that. */
export async function keepTrying<T>(
  attempt: () => Promise<T>,
  { signal, firstPauseSeconds = 5, onFailure }: KeepTryingOptions,
): Promise<T | undefined> {
  for (let seconds = firstPauseSeconds; !signal.aborted; seconds = Math.min(seconds * 2, LONGEST_PAUSE_SECONDS)) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted) return undefined;
      // Between the half and the whole: what failed together must not come back together.
      const nextTry = new Date(Date.now() + seconds * 1000 * (0.5 + Math.random() / 2));
      onFailure(error, nextTry);
      await pauseUntil(nextTry, signal);
    }
  }
  return undefined;
}
