import { HttpError } from "./http-error.ts";

// After this a response serves the caller better than an open connection.
const PATIENCE_MS = 10_000;

/** Limits the bytes of all bodies in memory. Further bodies wait for their turn and are not read meanwhile. */
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
   * Reserves bytes, first come, first served, and returns a function that releases them. A body larger than the budget
   * reserves all of it.
   *
   * @throws HttpError 503 if they are not free in time.
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
          new HttpError(503, "The Bridge has reached its limit for request bodies; try again.", { "retry-after": "1" }),
        );
        // A large body may have held back smaller ones.
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
