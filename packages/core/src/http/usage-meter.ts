import { isUpstreamError } from "../errors/upstream-error.ts";
import type { Usage } from "../run-context.ts";

/** Adds the cost of one call and its retries to the usage of a run. */
export class UsageMeter {
  readonly #usage: Usage | undefined;
  #waitingSince = performance.now();
  #isSent = false;

  constructor(usage: Usage | undefined) {
    this.#usage = usage;
  }

  /** Starts anew: the next attempt is the first one. */
  restart(): void {
    this.#waitingSince = performance.now();
    this.#isSent = false;
  }

  /** Runs an attempt and counts it. The time between two attempts is waiting time. */
  async count<T>(attempt: () => Promise<T>): Promise<T> {
    const usage = this.#usage;
    if (!usage) return attempt();
    usage.calls++;
    if (this.#isSent) usage.retries++;
    usage.waitSeconds += (performance.now() - this.#waitingSince) / 1000;
    this.#isSent = true;
    try {
      return await attempt();
    } catch (error) {
      if (isUpstreamError(error, "RATE_LIMITED")) usage.rateLimited++;
      throw error;
    } finally {
      this.#waitingSince = performance.now();
    }
  }
}
