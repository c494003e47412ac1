const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Notices a clock that jumped ahead, as after a start with a wrong time that is soon corrected: by it everything would
 * be old. A jump is doubted once, so a clock that is right after all costs the time until the next look.
 */
export class ClockWatch {
  readonly #now: () => Date;
  readonly #ticks: () => number;
  #last: { at: Date; ticks: number } | undefined;

  /** `ticks` counts milliseconds whatever the clock shows. */
  constructor(now: () => Date, ticks: () => number = () => performance.now()) {
    this.#now = now;
    this.#ticks = ticks;
  }

  /**
   * Looks at the clock; `newest` is the last stored moment, undefined if nothing is stored. Returns the days by which
   * the clock is ahead of what is plausible, undefined if it is not.
   */
  look(newest: Date | undefined): number | undefined {
    const [at, ticks, last] = [this.#now(), this.#ticks(), this.#last];
    this.#last = { at, ticks };
    const aheadMs =
      last === undefined
        ? at.getTime() - (newest ?? at).getTime() - DAY_MS
        : at.getTime() - last.at.getTime() - (ticks - last.ticks) - HOUR_MS;
    return aheadMs > 0 ? Math.ceil(aheadMs / DAY_MS) : undefined;
  }
}
