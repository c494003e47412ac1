import type { Event } from "@bridgekit/client";
import { useSyncExternalStore } from "react";

/** How many events of each sort an app had since the page was opened. */
const counts = new Map<string, number>();
const listeners = new Set<() => void>();

const keyOf = (appId: string | undefined, type: string) => `${appId ?? ""} ${type}`;

export function countEvent({ app_id, type }: Event): void {
  for (const key of [keyOf(app_id, type), keyOf(undefined, type)]) counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const listener of listeners) listener();
}

/** How many events of these sorts the app had, or all of them. */
export function useEventCount(appId: string | undefined, types: readonly Event["type"][]): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => types.reduce((sum, type) => sum + (counts.get(keyOf(appId, type)) ?? 0), 0),
  );
}
