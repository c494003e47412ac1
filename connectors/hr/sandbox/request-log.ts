/** One call as the sandbox saw it; keys and arguments are left out on purpose. */
export interface LoggedRequest {
  model: string;
  method: string;
  /** The HTTP status, or 0 for a dropped connection. */
  status: number;
}

const LIMIT = 1000;

/** The latest calls, and the number of all calls. */
export class RequestLog {
  readonly #latest: LoggedRequest[] = [];
  readonly #counts = new Map<string, number>();

  get latest(): readonly LoggedRequest[] {
    return this.#latest;
  }

  /** Counts a call when it arrives; answers the how-manieth of its method it is. */
  arrived(model: string, method: string): number {
    const key = `${model}/${method}`;
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count;
  }

  answered(request: LoggedRequest): void {
    this.#latest.push(request);
    if (this.#latest.length > LIMIT) this.#latest.shift();
  }

  /** How many calls there were: of all, of one model, or of one method. */
  count(model?: string, method?: string): number {
    let total = 0;
    for (const [key, count] of this.#counts) {
      const [calledModel, calledMethod] = key.split("/");
      if (model !== undefined && model !== calledModel) continue;
      if (method !== undefined && method !== calledMethod) continue;
      total += count;
    }
    return total;
  }
}
