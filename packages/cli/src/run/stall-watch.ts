/** A signal that aborts with another one, or once nothing has happened for so long. */
export interface StallWatch extends Disposable {
  signal: AbortSignal;
  /** It was given up, rather than told to stop. */
  readonly isStalled: boolean;
  /** Something happened. */
  progress(): void;
}

export function watchStall(stop: AbortSignal, seconds: number): StallWatch {
  const controller = new AbortController();
  const giveUp = () => controller.abort(new Error(`nothing happened for ${seconds} seconds`));
  let timer = setTimeout(giveUp, seconds * 1000);
  return {
    signal: AbortSignal.any([stop, controller.signal]),
    get isStalled() {
      return controller.signal.aborted && !stop.aborted;
    },
    progress() {
      clearTimeout(timer);
      timer = setTimeout(giveUp, seconds * 1000);
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
