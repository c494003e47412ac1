import { useSyncExternalStore } from "react";
import { bridgeNow, noteBridgeTime } from "../components/use-now.ts";

interface Connection {
  isLost: boolean;
  /** When the Bridge last responded. */
  lastAt: number;
}

let connection: Connection = { isLost: false, lastAt: Date.now() };
const listeners = new Set<(isBack: boolean) => void>();

function set(isLost: boolean): void {
  const wasLost = connection.isLost;
  connection = { isLost, lastAt: isLost ? connection.lastAt : bridgeNow() };
  if (wasLost !== isLost) for (const listener of listeners) listener(wasLost);
}

/** `fetch`, which notes whether the Bridge can be reached. */
export const watchedFetch: typeof globalThis.fetch = async (input, init) => {
  try {
    const response = await globalThis.fetch(input, init);
    noteBridgeTime(response.headers.get("date"));
    // A proxy in front of a Bridge that is down responds with these.
    set(response.status === 502 || response.status === 504);
    return response;
  } catch (error) {
    if (!(error instanceof Error && error.name === "AbortError")) set(true);
    throw error;
  }
};

export const isLost = (): boolean => connection.isLost;

/** Calls the listener when the Bridge is reached again. Returns a function that stops it. */
export function onReconnect(listener: () => void): () => void {
  const whenBack = (isBack: boolean) => {
    if (isBack) listener();
  };
  listeners.add(whenBack);
  return () => listeners.delete(whenBack);
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => connection,
  );
}
