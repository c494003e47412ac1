import { untilAborted } from "../abort.ts";

interface ReadAheadOptions {
  /** Most items that are read before they are taken. */
  limit: number;
  signal: AbortSignal;
  /** Makes each call of the stream, for example in a context. */
  run: <T>(call: () => T) => T;
}

/**
 * Reads ahead of the consumer, so that reading goes on while pages are pushed. `items` is an async generator, which queues
 * calls of `next`. Throws if the signal aborts.
 */
export async function* readAhead<T>(
  items: AsyncGenerator<T>,
  { limit, signal, run }: ReadAheadOptions,
): AsyncGenerator<T> {
  const ahead: Promise<IteratorResult<T>>[] = [];
  const read = () => {
    const next = run(() => items.next());
    // Awaited later; until then a failure must not count as unhandled.
    next.catch(() => undefined);
    ahead.push(next);
  };
  try {
    for (let count = 0; count < limit; count++) read();
    for (;;) {
      // A stream that ignores the signal is left behind.
      const result = await untilAborted(ahead.shift()!, signal);
      // A stream that returns because it was stopped did not end by itself.
      signal.throwIfAborted();
      if (result.done) return;
      read();
      yield result.value;
    }
  } finally {
    // Not awaited: a call to the system may be in flight, and its result is no longer needed.
    run(() => items.return(undefined)).catch(() => undefined);
  }
}
