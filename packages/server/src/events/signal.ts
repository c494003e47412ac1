/** Wakes whoever waits, and remembers a ring that nobody waited for. */
export class Signal {
  #isRung = false;
  #wake = () => {};

  ring(): void {
    this.#isRung = true;
    this.#wake();
  }

  /**
   * Resolves at the next ring, after the time, or when the signal aborts; at once where it has rung since the last call.
   * Answers whether it has rung.
   */
  async heard(milliseconds: number, signal: AbortSignal): Promise<boolean> {
    if (!this.#isRung && !signal.aborted) {
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
    const isRung = this.#isRung;
    this.#isRung = false;
    return isRung;
  }
}
