import { Bucket, type BucketCall } from "./bucket.ts";

export interface ScopeCall extends BucketCall {
  /** Calls of the same bucket are paused and slowed down together. */
  bucket: string;
}

/** A reading of the day's quota, and how long it stays valid. */
export interface QuotaReading {
  used: number;
  limit: number;
  freshSeconds: number;
}

// A quota recovers without a response that says so; after this time one call finds out.
const QUOTA_FRESH_SECONDS = 900;

/** The rate limits of a host, or of one credential at it: buckets by name, and the day's quota. */
export class LimitScope {
  readonly #buckets = new Map<string, Bucket>();
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
    return this.#buckets.get(name)?.isPaused ?? false;
  }

  /** Returns whether this starts or extends a pause. */
  pause(name: string, seconds: number): boolean {
    return this.#bucket(name).pause(seconds);
  }

  /** Sends one call at a time while the limit is near. */
  slow(name: string, isNear: boolean): void {
    if (isNear) this.#bucket(name).slow(true);
    else this.#buckets.get(name)?.slow(false);
  }

  /** Runs a call in its turn, when the bucket is not paused. */
  async add<T>(run: () => Promise<T>, call: ScopeCall): Promise<T> {
    const bucket = this.#bucket(call.bucket);
    try {
      return await bucket.add(run, call);
    } finally {
      // Buckets are named after paths, whose number is unlimited.
      if (bucket.isForgettable) this.#buckets.delete(call.bucket);
    }
  }

  #bucket(name: string): Bucket {
    const known = this.#buckets.get(name);
    if (known) return known;
    const bucket = new Bucket();
    this.#buckets.set(name, bucket);
    return bucket;
  }
}
