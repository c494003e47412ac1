import { AsyncLocalStorage, createHook } from "node:async_hooks";

export interface TimerTracker extends Disposable {
  /** Runs a function and watches every timer that it starts, directly or later. */
  watch<T>(run: () => T): T;
  /** Wraps an object so that timers started by its methods are not watched. */
  unwatched<T extends object>(object: T): T;
  /** The number of watched timers that still keep the process running. */
  readonly alive: number;
}

/** Finds timers that a connector leaves behind. */
export function trackTimers(): TimerTracker {
  const watched = new AsyncLocalStorage<true>();
  const timers = new Map<number, WeakRef<NodeJS.Timeout>>();
  const hook = createHook({
    init(id, type, _, resource) {
      if (type === "Timeout" && watched.getStore()) timers.set(id, new WeakRef(resource as NodeJS.Timeout));
    },
    destroy: (id) => void timers.delete(id),
  }).enable();
  return {
    watch: (run) => watched.run(true, run),
    unwatched: (object) =>
      new Proxy(object, {
        get(target, key) {
          const value: unknown = Reflect.get(target, key);
          if (typeof value !== "function") return value;
          return (...args: unknown[]) => watched.exit(() => value.apply(target, args) as unknown);
        },
      }),
    get alive() {
      return [...timers.values()].filter((timer) => timer.deref()?.hasRef()).length;
    },
    [Symbol.dispose]: () => void hook.disable(),
  };
}
