/** Aborts its signal with another one, or if there is no progress for a while. */
export interface StallWatch extends Disposable {
  signal: AbortSignal;
  /** The signal aborted because of a stall, not because of the other signal. */
  readonly isStalled: boolean;
  /** Restarts the countdown. */
  progress(): void;
}

export function watchStall(stop: AbortSignal, seconds: number): StallWatch {
  const controller = new AbortController();
  const abort = () => controller.abort(new Error(`no progress for ${seconds} seconds`));
  let timer = setTimeout(abort, seconds * 1000);
  return {
    signal: AbortSignal.any([stop, controller.signal]),
    get isStalled() {
      return controller.signal.aborted && !stop.aborted;
    },
    progress() {
      clearTimeout(timer);
      timer = setTimeout(abort, seconds * 1000);
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
