import { HttpError } from "./http-error.ts";

// Whoever waits longer is better off with an answer than with an open connection.
const PATIENCE_MS = 10_000;

/**
 * Bounds the bytes of all bodies that the process holds at once. A body waits for its turn; reading on is what a slow
 * Bridge must not do.
 */
export class ByteBudget {
  readonly #most: number;
  readonly #patienceMs: number;
  readonly #waiting: { bytes: number; begin: () => void }[] = [];
  #used = 0;

  constructor(most: number, patienceMs = PATIENCE_MS) {
    this.#most = most;
    this.#patienceMs = patienceMs;
  }

  /**
   * Takes bytes, in the order of asking, and returns how to release them. More than there are is all of them.
   *
   * @throws HttpError 503 where they are not free in time.
   */
  async take(wanted: number): Promise<() => void> {
    const bytes = Math.min(wanted, this.#most);
    if (this.#waiting.length > 0 || this.#used + bytes > this.#most) await this.#wait(bytes);
    else this.#used += bytes;
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.#used -= bytes;
      this.#admit();
    };
  }

  #wait(bytes: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = () => {
        clearTimeout(timer);
        resolve();
      };
      const entry = { bytes, begin };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1);
        reject(
          new HttpError(503, "The Bridge is working on as much as it can hold; try again.", { "retry-after": "1" }),
        );
        // A large one may have kept smaller ones back.
        this.#admit();
      }, this.#patienceMs);
      this.#waiting.push(entry);
    });
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next && this.#used + next.bytes <= this.#most; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#used += next.bytes;
      next.begin();
    }
  }
}
