import { Bucket, type BucketCall } from "./bucket.ts";

export interface ScopeCall extends BucketCall {
  /** Calls with the same name are paused and slowed down together. */
  lane: string;
}

/** A reading of the day's quota, and for how long it is believed. */
export interface QuotaReading {
  used: number;
  limit: number;
  freshSeconds: number;
}

// A quota recovers without an answer that says so; after this long one call finds out.
const QUOTA_FRESH_SECONDS = 900;

/** The limits of a host, or of one credential at it: who pauses, who is slowed down, and the day's quota. */
export class LimitScope {
  readonly #lanes = new Map<string, Bucket>();
  #quota: { used: number; limit: number; readAt: number } | undefined;

  get quota(): QuotaReading | undefined {
    if (!this.#quota) return undefined;
    const { used, limit, readAt } = this.#quota;
    const freshSeconds = QUOTA_FRESH_SECONDS - (performance.now() - readAt) / 1000;
    return freshSeconds > 0 ? { used, limit, freshSeconds } : undefined;
  }

  learnQuota({ used, limit }: { used: number; limit: number }): void {
    this.#quota = { used, limit, readAt: performance.now() };
  }

  isPaused(name: string): boolean {
    return this.#lanes.get(name)?.isPaused ?? false;
  }

  /** Returns whether the pause is longer than what was known. */
  pause(name: string, seconds: number): boolean {
    return this.#lane(name).pause(seconds);
  }

  /** One call at a time while the limit is near. */
  slow(name: string, isNear: boolean): void {
    if (isNear) this.#lane(name).slow(true);
    else this.#lanes.get(name)?.slow(false);
  }

  /** Calls when there is no pause and the call's turn has come. */
  async add<T>(run: () => Promise<T>, call: ScopeCall): Promise<T> {
    const lane = this.#lane(call.lane);
    try {
      return await lane.add(run, call);
    } finally {
      // Buckets are named after paths, and there is no end to those.
      if (lane.isForgettable) this.#lanes.delete(call.lane);
    }
  }

  #lane(name: string): Bucket {
    const known = this.#lanes.get(name);
    if (known) return known;
    const lane = new Bucket();
    this.#lanes.set(name, lane);
    return lane;
  }
}
