import type { Usage } from "../run-context.ts";
import { isRateLimited } from "./rate-limit.ts";

/** For one call: runs each of its attempts, and adds what it costs to the usage of a run. Between two it waits. */
export function countAttempts(usage: Usage | undefined): <T>(attempt: () => Promise<T>) => Promise<T> {
  let waitingSince = performance.now();
  let isSent = false;
  return async (attempt) => {
    if (!usage) return attempt();
    usage.calls++;
    if (isSent) usage.retries++;
    usage.waitSeconds += (performance.now() - waitingSince) / 1000;
    isSent = true;
    try {
      return await attempt();
    } catch (error) {
      if (isRateLimited(error)) usage.rateLimited++;
      throw error;
    } finally {
      waitingSince = performance.now();
    }
  };
}
