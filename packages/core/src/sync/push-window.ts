/**
 * Runs at most `limit` pushes at a time. `add` waits for a free place, which is what holds the reader back; the first
 * failure is thrown by the next `add` or `drain`.
 */
export class PushWindow {
  readonly #limit: number;
  readonly #inFlight = new Set<Promise<void>>();
  #failure: { error: unknown } | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  async add(push: () => Promise<void>): Promise<void> {
    while (this.#inFlight.size >= this.#limit) await Promise.race(this.#inFlight);
    this.#throwFailure();
    const running = push()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#inFlight.delete(running));
    this.#inFlight.add(running);
  }

  /** Waits until nothing is in flight. */
  async drain(): Promise<void> {
    await this.settle();
    this.#throwFailure();
  }

  /** Waits until nothing is in flight, whatever became of it. */
  async settle(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.race(this.#inFlight);
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }
}
