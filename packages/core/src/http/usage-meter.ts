import { isUpstreamError } from "../errors/upstream-error.ts";
import type { RunContext } from "../run-context.ts";

/** Adds the cost of one call and its retries to the usage and the timeline of a run. */
export class UsageMeter {
  readonly #run: Pick<RunContext, "usage" | "timeline"> | undefined;
  #waitingSince = performance.now();
  #isSent = false;

  constructor(run: Pick<RunContext, "usage" | "timeline"> | undefined) {
    this.#run = run;
  }

  /** Starts anew: the next attempt is the first one. */
  restart(): void {
    this.#waitingSince = performance.now();
    this.#isSent = false;
  }

  /** Runs an attempt and counts it. The time between two attempts is waiting time. */
  async count<T>(attempt: () => Promise<T>): Promise<T> {
    if (!this.#run) return attempt();
    const { usage, timeline } = this.#run;
    const isRetry = this.#isSent;
    const waited = (performance.now() - this.#waitingSince) / 1000;
    usage.calls++;
    if (isRetry) usage.retries++;
    usage.waitSeconds += waited;
    timeline?.addCall({ isRetry });
    timeline?.addWait(isRetry ? "backoffSeconds" : "turnSeconds", waited);
    this.#isSent = true;
    try {
      return await attempt();
    } catch (error) {
      if (isUpstreamError(error, "RATE_LIMITED")) {
        usage.rateLimited++;
        timeline?.addRateLimited();
      }
      throw error;
    } finally {
      this.#waitingSince = performance.now();
    }
  }
}
