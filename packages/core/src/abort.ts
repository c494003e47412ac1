import { setTimeout as delay } from "node:timers/promises";

/** Waits for a promise until the signal aborts; leaves no listener behind. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason as Error);
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** A signal that aborts a number of seconds after another one. Disposing it clears the timer. */
export function abortAfter(signal: AbortSignal | undefined, seconds: number): Disposable & { signal: AbortSignal } {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    timer = setTimeout(() => controller.abort(new Error(`given up after ${seconds} seconds`)), seconds * 1000);
  };
  if (signal?.aborted) start();
  else signal?.addEventListener("abort", start, { once: true });
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      signal?.removeEventListener("abort", start);
      clearTimeout(timer);
    },
  };
}

/** Waits; throws the signal's reason if it aborts first. */
export async function sleep(seconds: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, seconds * 1000);
  try {
    await (signal ? untilAborted(promise, signal) : promise);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits; returns false if the signal aborts first. */
export function sleepUnlessAborted(seconds: number, signal: AbortSignal): Promise<boolean> {
  return delay(seconds * 1000, true, { signal }).catch(() => false);
}
