import type { Event } from "@bridgekit/client";
import { useSyncExternalStore } from "react";

/** What is counted: events of a sort, or the records that syncs changed, of all types or of one. */
export type Topic = Event["type"] | "changed" | `changed ${string}`;

/** By app and topic, since the page was opened. */
const counts = new Map<string, number>();
const listeners = new Set<() => void>();

const keyOf = (appId: string | undefined, topic: Topic) => `${appId ?? ""} ${topic}`;

export function countEvent({ app_id, type, counts: types = [] }: Event): void {
  add(app_id, type, 1);
  for (const { slug, created = 0, updated = 0, removed = 0 } of types) {
    add(app_id, "changed", created + updated + removed);
    add(app_id, `changed ${slug}`, created + updated + removed);
  }
  for (const listener of listeners) listener();
}

function add(appId: string, topic: Topic, count: number): void {
  for (const key of [keyOf(appId, topic), keyOf(undefined, topic)]) counts.set(key, (counts.get(key) ?? 0) + count);
}

/** How much there was of these topics in the app, or in all of them. */
export function useEventCount(appId: string | undefined, topics: readonly Topic[]): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => topics.reduce((sum, topic) => sum + (counts.get(keyOf(appId, topic)) ?? 0), 0),
  );
}
