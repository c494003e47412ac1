/** Lets so many run at a time; the others wait for their turn. */
export class Slots {
  readonly #limit: number;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#taken < this.#limit) this.#taken++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      // Handed on as it is, so that nobody who comes meanwhile slips in.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#taken--;
    }
  }
}
