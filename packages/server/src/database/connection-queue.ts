import { CallerGoneError } from "./caller.ts";

export interface QueueLimits {
  /** The number of connections in use at a time. */
  most: number;
  /** The part of them that one organisation may use. */
  mostEach: number;
  /** Milliseconds after which waiting fails; never by default. */
  patienceMs?: number;
}

interface Waiter {
  admit: () => void;
}

interface Share {
  inUse: number;
  waiting: Waiter[];
}

/**
 * Decides who gets the next connection. The organisations take turns, so one that wants a thousand delays another by
 * one statement at most.
 */
export class ConnectionQueue {
  readonly #limits: QueueLimits;
  /** In the order of their turns. */
  readonly #shares = new Map<string, Share>();
  #inUse = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  get inUse(): number {
    return this.#inUse;
  }

  /** The number of waiting callers. */
  get waiting(): number {
    return [...this.#shares.values()].reduce((sum, { waiting }) => sum + waiting.length, 0);
  }

  /**
   * Waits for a connection, and returns a function that releases it.
   *
   * @throws CallerGoneError if the signal aborts meanwhile, Error if it takes too long.
   */
  async enter(orgId: string, gone?: AbortSignal): Promise<() => void> {
    if (gone?.aborted) throw new CallerGoneError();
    const share = this.#shares.get(orgId) ?? { inUse: 0, waiting: [] };
    this.#shares.set(orgId, share);
    await new Promise<void>((resolve, reject) => {
      const waiter: Waiter = { admit: () => settle(resolve) };
      const settle = (end: () => void) => {
        clearTimeout(timer);
        gone?.removeEventListener("abort", leave);
        end();
      };
      const giveUp = (error: Error) => {
        share.waiting.splice(share.waiting.indexOf(waiter), 1);
        this.#forget(orgId, share);
        settle(() => reject(error));
      };
      const leave = () => giveUp(new CallerGoneError());
      const { patienceMs } = this.#limits;
      const timer = patienceMs === undefined ? undefined : setTimeout(() => giveUp(new Error(TOO_LONG)), patienceMs);
      gone?.addEventListener("abort", leave, { once: true });
      share.waiting.push(waiter);
      this.#admit();
    });
    let isReturned = false;
    return () => {
      if (isReturned) return;
      isReturned = true;
      this.#inUse--;
      share.inUse--;
      this.#forget(orgId, share);
      this.#admit();
    };
  }

  #admit(): void {
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      const [orgId, share] = next;
      // Move it to the end of the turns.
      this.#shares.delete(orgId);
      this.#shares.set(orgId, share);
      this.#inUse++;
      share.inUse++;
      share.waiting.shift()?.admit();
    }
  }

  #next(): [string, Share] | undefined {
    if (this.#inUse >= this.#limits.most) return undefined;
    for (const [orgId, share] of this.#shares)
      if (share.waiting.length > 0 && share.inUse < this.#limits.mostEach) return [orgId, share];
    return undefined;
  }

  #forget(orgId: string, share: Share): void {
    if (share.inUse === 0 && share.waiting.length === 0) this.#shares.delete(orgId);
  }
}

// The driver's wording, by which `isTransientError` recognises it.
const TOO_LONG =
  "timeout exceeded when trying to connect: the statements of the organisation take all of its connections";
