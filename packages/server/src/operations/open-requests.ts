/** Counts what runs, so that an end can wait for it. */
export class OpenRequests {
  #count = 0;
  #idle: (() => void)[] = [];

  async run<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    this.#count++;
    try {
      return await work();
    } finally {
      this.#count--;
      if (this.#count === 0) for (const resolve of this.#idle.splice(0)) resolve();
    }
  }

  /** Resolves once nothing runs. */
  async whenIdle(): Promise<void> {
    if (this.#count > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }
}
