/**
 * Reads something when it is first asked for, and once. In `sync` it is what the streams of a run share, in `findAccount`
 * what several verbs need. Where the read fails, whoever asks next reads again.
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
