import { HttpError } from "../http/http-error.ts";

/** What one key may have in flight in this process. */
export interface KeyLimits {
  /** Calls other than long polls and streams. */
  calls: number;
  /** Calls with `Prefer: wait`. */
  longPolls: number;
  /** Event streams and exports. */
  streams: number;
}

const DEFAULTS: KeyLimits = { calls: 1000, longPolls: 2000, streams: 100 };

const KINDS = {
  calls: { of: "calls in progress", advice: "Send the next ones as the earlier ones end", retryAfterSeconds: 1 },
  longPolls: { of: "long polls for tasks", advice: "Poll without `Prefer: wait`", retryAfterSeconds: 10 },
  streams: { of: "open streams and exports", advice: "Close one, or share one", retryAfterSeconds: 10 },
} as const;

/** Limits what each key has in flight, so that none uses up the memory and the connections of the process. */
export class CallLimits {
  readonly #limits: KeyLimits;
  readonly #counts = { calls: new Map<string, number>(), longPolls: new Map(), streams: new Map() };

  constructor(limits: Partial<KeyLimits> = {}) {
    this.#limits = { ...DEFAULTS, ...limits };
    for (const [kind, most] of Object.entries(this.#limits))
      if (!Number.isInteger(most) || most < 1)
        throw new Error(`keyLimits.${kind} must be a whole number of at least 1, got ${most}.`);
  }

  /**
   * Counts one more in flight for the key and returns a function that ends it.
   *
   * @throws HttpError 429 if the key is at its limit.
   */
  take(keyId: string, kind: keyof KeyLimits): () => void {
    const counts: Map<string, number> = this.#counts[kind];
    const count = counts.get(keyId) ?? 0;
    const most = this.#limits[kind];
    if (count >= most) {
      const { of, advice, retryAfterSeconds } = KINDS[kind];
      throw new HttpError(
        429,
        `The API key has ${count} ${of}, the most for one key (keyLimits.${kind}). ${advice}, or use several keys.`,
        { "retry-after": String(retryAfterSeconds) },
      );
    }
    counts.set(keyId, count + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const left = (counts.get(keyId) ?? 1) - 1;
      if (left === 0) counts.delete(keyId);
      else counts.set(keyId, left);
    };
  }
}
