import { useSyncExternalStore } from "react";

const TICK_MS = 15_000;

/** A difference that is smaller is not worth a correction. */
const TOLERATED_MS = 60_000;

/** How far the clock of this computer is ahead of the Bridge's, whose times are shown. */
let aheadMs = 0;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** The time by the clock of the Bridge. */
export const bridgeNow = (): number => Date.now() - aheadMs;

/** Learns the clock of the Bridge from the `Date` of a response. */
export function noteBridgeTime(date: string | null): void {
  const ahead = Date.now() - Date.parse(date ?? "");
  if (Number.isNaN(ahead) || Math.abs(ahead - aheadMs) < TOLERATED_MS) return;
  aheadMs = ahead;
  tick();
}

function tick(): void {
  now = bridgeNow();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time, fresh enough for "3 min ago"; every component that shows one ticks at once. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
