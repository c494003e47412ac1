import { untilAborted } from "../../abort.ts";

/**
 * Reads up to `limit` items ahead of whoever takes them, so that reading goes on while pages are pushed. `items` is an
 * async generator, which answers calls of `next` in turn however many are waiting. Ends with a throw where the signal
 * aborts.
 */
export async function* readAhead<T>(
  items: AsyncGenerator<T>,
  { limit, signal }: { limit: number; signal: AbortSignal },
): AsyncGenerator<T> {
  const ahead: Promise<IteratorResult<T>>[] = [];
  const read = () => {
    const next = items.next();
    // Looked at when its turn comes; until then a failure must not count as nobody's.
    next.catch(() => undefined);
    ahead.push(next);
  };
  try {
    for (let count = 0; count < limit; count++) read();
    for (;;) {
      // A stream that ignores the signal is left behind.
      const result = await untilAborted(ahead.shift()!, signal);
      if (result.done) return;
      read();
      yield result.value;
    }
  } finally {
    // Not awaited: a call to the system may be under way, and what it brings is not wanted any more.
    items.return(undefined).catch(() => undefined);
  }
}
