import { CallerGoneError } from "../database/caller.ts";
import { FairQueue } from "../fair-queue.ts";
import { HttpError } from "./http-error.ts";

// After this a response serves the caller better than an open connection.
const PATIENCE_MS = 10_000;

interface BudgetOptions {
  /** Bytes of all bodies together. */
  most: number;
  /** The part that one organisation may use, so that its bodies leave room for those of others. */
  mostEach: number;
  patienceMs?: number;
}

/** Limits the bytes of all bodies in memory. Further bodies wait for their turn and are not read meanwhile. */
export class ByteBudget {
  readonly #queue: FairQueue;
  readonly #mostEach: number;

  constructor({ most, mostEach, patienceMs = PATIENCE_MS }: BudgetOptions) {
    this.#mostEach = mostEach;
    this.#queue = new FairQueue({ most, mostEach, patienceMs });
  }

  /** Whether bodies of other organisations wait for what this one takes. */
  isWanted(orgId: string): boolean {
    return this.#queue.isWanted(orgId);
  }

  /**
   * Reserves bytes for an organisation and returns a function that releases them. A body larger than the organisation's
   * part reserves all of it.
   *
   * @throws HttpError 503 if they are not free in time.
   */
  async take(orgId: string, wanted: number, gone?: AbortSignal): Promise<() => void> {
    try {
      return await this.#queue.enter(orgId, gone, Math.min(wanted, this.#mostEach));
    } catch (error) {
      if (error instanceof CallerGoneError) throw error;
      throw new HttpError(503, "The Bridge has reached its limit for request bodies; try again.", {
        "retry-after": "1",
      });
    }
  }
}
