/**
 * Reads a value on first use, and only once. Use it in `sync` for what the streams of a run share, in `findAccount` for what
 * several functions of `access` need. After a failure the next use reads again.
 *
 * @example
 * sync({ client }) {
 *   const options = lazy(() => client.options());
 *   return { async *group() { yield* await options(); }, … };
 * }
 */
export function lazy<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let reading: Promise<Value> | undefined;
  return () => {
    if (reading) return reading;
    const begun = read();
    reading = begun;
    begun.catch(() => {
      if (reading === begun) reading = undefined;
    });
    return begun;
  };
}
