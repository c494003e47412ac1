export interface WindowOptions {
  /** Most pushes that run at a time. */
  limit: number;
  /** Milliseconds, for telling slow answers. */
  now?: () => number;
}

/** Called by a push when the Bridge turned it away and it is going to be tried again. */
export type ReportOverload = () => void;

const START = 4;
/** An answer is slow when it takes this many times as long as the fastest one, and not just a moment. */
const SLOW_FACTOR = 8;
const SLOW_MILLISECONDS = 500;

/**
 * Runs pushes side by side, as many as the Bridge answers well: each quick answer makes room for one more until the first
 * sign that it is too much, and for a little more from then on; a slow one takes a quarter of the room away, a refusal
 * half of it. `add` waits for a free place, which is what holds the reader back; the first failure is thrown by the next
 * `add` or `drain`.
 */
export class PushWindow {
  readonly #maximum: number;
  readonly #now: () => number;
  #inFlight = 0;
  #room: number;
  #fastest = Infinity;
  #narrowedAt = -Infinity;
  #wake: () => void = () => undefined;
  #failure: { error: unknown } | undefined;

  constructor({ limit, now = () => performance.now() }: WindowOptions) {
    this.#maximum = limit;
    this.#room = Math.min(START, limit);
    this.#now = now;
  }

  /** Where the Bridge is far away, getting to know it a little at a time would take longer than many a sync. */
  get #hasNarrowed(): boolean {
    return this.#narrowedAt > -Infinity;
  }

  /** How many pushes may run now. */
  get room(): number {
    return Math.floor(this.#room);
  }

  /** Starts a push once there is room, or, where it must arrive after those before it, once they have ended. */
  async add(push: (reportOverload: ReportOverload) => Promise<void>, { comesAfterOthers = false } = {}): Promise<void> {
    while (this.#inFlight >= (comesAfterOthers ? 1 : this.room)) await this.#onePushEnds();
    this.#throwFailure();
    this.#inFlight++;
    void this.#run(push);
  }

  /** Waits until nothing is in flight. */
  async drain(): Promise<void> {
    await this.settle();
    this.#throwFailure();
  }

  /** Waits until nothing is in flight, whatever became of it. */
  async settle(): Promise<void> {
    while (this.#inFlight > 0) await this.#onePushEnds();
  }

  async #run(push: (reportOverload: ReportOverload) => Promise<void>): Promise<void> {
    let startedAt = this.#now();
    let isRefused = false;
    try {
      await push(() => {
        isRefused = true;
        this.#narrow(0.5, startedAt);
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

  #judge(startedAt: number): void {
    const milliseconds = this.#now() - startedAt;
    this.#fastest = Math.min(this.#fastest, milliseconds);
    if (milliseconds > Math.max(SLOW_MILLISECONDS, this.#fastest * SLOW_FACTOR)) this.#narrow(0.75, startedAt);
    else this.#room = Math.min(this.#maximum, this.#room + (this.#hasNarrowed ? 1 / this.#room : 1));
  }

  /** Pushes that were under way when the room was narrowed say nothing about the room that there is now. */
  #narrow(factor: number, startedAt: number): void {
    if (startedAt < this.#narrowedAt) return;
    this.#room = Math.max(1, this.#room * factor);
    this.#narrowedAt = this.#now();
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
