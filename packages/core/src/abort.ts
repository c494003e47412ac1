/** Waits for a promise, but no longer than until the signal aborts; leaves no listener behind. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason as Error);
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** A signal that aborts so many seconds after another one; disposing it forgets both. */
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

/** Waits; a stop ends it with the signal's own reason. */
export async function sleep(seconds: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, seconds * 1000);
  try {
    await (signal ? untilAborted(promise, signal) : promise);
  } finally {
    clearTimeout(timer);
  }
}
