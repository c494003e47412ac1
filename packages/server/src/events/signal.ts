/** Wakes a waiting caller, and remembers a call of `set` that nobody waited for. */
export class Signal {
  #isSet = false;
  #wake = () => {};

  set(): void {
    this.#isSet = true;
    this.#wake();
  }

  /**
   * Resolves at the next `set`, after the time, or when the signal aborts; at once if `set` was called since the last
   * `wait`. Returns whether it was called.
   */
  async wait(milliseconds: number, signal: AbortSignal): Promise<boolean> {
    if (!this.#isSet && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const stop = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", stop);
          resolve();
        };
        const timer = setTimeout(stop, milliseconds);
        signal.addEventListener("abort", stop);
        this.#wake = stop;
      });
      this.#wake = () => {};
    }
    const isSet = this.#isSet;
    this.#isSet = false;
    return isSet;
  }
}
