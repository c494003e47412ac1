import { untilAborted } from "../abort.ts";

/** Wakes the runner's loop. A signal that nobody waits for is kept for the next wait. */
export class WakeSignal {
  #signaled = Promise.withResolvers<void>();

  wake(): void {
    this.#signaled.resolve();
  }

  /** Throws if the stop signal aborts first. */
  async wait(stop: AbortSignal): Promise<void> {
    await untilAborted(this.#signaled.promise, stop);
    this.#signaled = Promise.withResolvers();
  }
}
