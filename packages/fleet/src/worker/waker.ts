/** Lets one loop wait until it is woken. What a wait needs is gone with it, however often the loop waits. */
export class Waker {
  #waiting: (() => void) | undefined;

  /** Until `wake`, or so many milliseconds have passed; without them until `wake` alone. */
  async wait(milliseconds?: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting = resolve;
    const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
    await promise;
    clearTimeout(timer);
    this.#waiting = undefined;
  }

  /** Ends the wait in progress, if there is one. */
  wake(): void {
    this.#waiting?.();
  }
}
