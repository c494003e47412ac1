/** Reads once in each run, which its signal stands for, what several of its streams need. */
export function perRun<Value>(read: (signal: AbortSignal) => Promise<Value>): (signal: AbortSignal) => Promise<Value> {
  const known = new WeakMap<AbortSignal, Promise<Value>>();
  return (signal) => {
    const reading = known.get(signal) ?? read(signal);
    known.set(signal, reading);
    return reading;
  };
}
