import type { RetryOptions } from "@bridgekit/core/run";

/** For `createConnection` in tests: calls are tried again as often as in earnest, without the waiting. */
export const quickRetry: RetryOptions = { minDelaySeconds: 0.001, maxDelaySeconds: 0.002 };
