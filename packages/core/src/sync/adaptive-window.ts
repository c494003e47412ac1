export interface WindowOptions {
  /** Most pages in flight. */
  limit: number;
  /** Milliseconds, to measure how long a push takes. */
  now?: () => number;
}

/** Called by a push that the Bridge refused as too much and that is retried. */
export type ReportOverload = () => void;

const START = 4;
/** A push is slow if it takes this many times as long as the fastest one, and not just a moment. */
const SLOW_FACTOR = 8;
const SLOW_MILLISECONDS = 500;

/**
 * Keeps as many pages in flight as the Bridge handles well: additive increase, multiplicative decrease. The window grows
 * by one with each quick response until the first slowdown, and by one per round trip from then on. A slow response shrinks
 * it by a quarter, a refusal by half. `add` waits for room, which holds the reader back; the next `add` or `drain` throws
 * the first failure.
 */
export class AdaptiveWindow {
  readonly #limit: number;
  readonly #now: () => number;
  #inFlight = 0;
  #size: number;
  #fastest = Infinity;
  #reducedAt = -Infinity;
  #wake: () => void = () => undefined;
  #failure: { error: unknown } | undefined;

  constructor({ limit, now = () => performance.now() }: WindowOptions) {
    this.#limit = limit;
    this.#size = Math.min(START, limit);
    this.#now = now;
  }

  /** How many pages may be in flight now. */
  get size(): number {
    return Math.floor(this.#size);
  }

  /** Starts a push once there is room, or, if it must arrive after those before it, once they have ended. */
  async add(push: (reportOverload: ReportOverload) => Promise<void>, { comesAfterOthers = false } = {}): Promise<void> {
    while (this.#inFlight >= (comesAfterOthers ? 1 : this.size)) await this.#onePushEnds();
    this.#throwFailure();
    this.#inFlight++;
    void this.#run(push);
  }

  /** Waits until nothing is in flight. */
  async drain(): Promise<void> {
    await this.settle();
    this.#throwFailure();
  }

  /** Waits until nothing is in flight, and throws no failure. */
  async settle(): Promise<void> {
    while (this.#inFlight > 0) await this.#onePushEnds();
  }

  async #run(push: (reportOverload: ReportOverload) => Promise<void>): Promise<void> {
    let startedAt = this.#now();
    let isRefused = false;
    try {
      await push(() => {
        isRefused = true;
        this.#reduce(0.5, startedAt);
        startedAt = this.#now();
      });
      if (!isRefused) this.#judge(startedAt);
    } catch (error) {
      this.#failure ??= { error };
    } finally {
      this.#inFlight--;
      this.#wake();
    }
  }

  // Slow start is too slow for a distant Bridge, so the window grows quickly until the first slowdown.
  #judge(startedAt: number): void {
    const milliseconds = this.#now() - startedAt;
    this.#fastest = Math.min(this.#fastest, milliseconds);
    const isSlow = milliseconds > Math.max(SLOW_MILLISECONDS, this.#fastest * SLOW_FACTOR);
    if (isSlow) return this.#reduce(0.75, startedAt);
    const hasReduced = this.#reducedAt > -Infinity;
    this.#size = Math.min(this.#limit, this.#size + (hasReduced ? 1 / this.#size : 1));
  }

  /** Ignores pushes that started before the last reduction. */
  #reduce(factor: number, startedAt: number): void {
    if (startedAt < this.#reducedAt) return;
    this.#size = Math.max(1, this.#size * factor);
    this.#reducedAt = this.#now();
  }

  #onePushEnds(): Promise<void> {
    return new Promise((resolve) => {
      const others = this.#wake;
      this.#wake = () => {
        this.#wake = () => undefined;
        others();
        resolve();
      };
    });
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }
}
