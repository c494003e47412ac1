import { SalesforceError } from "./salesforce-error.ts";

/** Calls of the last 24 hours and their maximum. */
export class Usage {
  used: number;
  max: number;

  constructor({ used = 0, max = 100_000 }: { used?: number; max?: number } = {}) {
    this.used = used;
    this.max = max;
  }

  /** Counts a call, or refuses it with 403 and without a Retry-After. */
  count(): void {
    if (this.used >= this.max)
      throw new SalesforceError(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
    this.used++;
  }

  toHeader(): string {
    return `api-usage=${this.used}/${this.max}`;
  }
}
