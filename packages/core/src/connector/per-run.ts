/**
 * Reads once in each run what several of its streams need. Call what it answers with the signal of the context, which
 * stands for the run; what a run has read is forgotten with it.
 */
export function perRun<Value>(read: (signal: AbortSignal) => Promise<Value>): (signal: AbortSignal) => Promise<Value> {
  const known = new WeakMap<AbortSignal, Promise<Value>>();
  return (signal) => {
    const reading = known.get(signal) ?? read(signal);
    known.set(signal, reading);
    return reading;
  };
}
