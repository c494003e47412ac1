import { untilAborted } from "../abort.ts";

/** Wakes one who waits; a ring that nobody waits for is kept for the next. */
export class Signal {
  #ringing = Promise.withResolvers<void>();

  ring(): void {
    this.#ringing.resolve();
  }

  /** Throws where the signal aborts first. */
  async heard(signal: AbortSignal): Promise<void> {
    await untilAborted(this.#ringing.promise, signal);
    this.#ringing = Promise.withResolvers();
  }
}
