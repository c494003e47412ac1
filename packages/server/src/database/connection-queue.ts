import { CallerGoneError } from "./caller.ts";

export interface QueueLimits {
  /** Connections that are given out at a time. */
  most: number;
  /** Those that one organisation may have of them. */
  mostEach: number;
  /** Milliseconds after which waiting ends with an error; for ever where absent. */
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
 * Who gets the next connection: the organisations take turns, so one that wants a thousand keeps another waiting for one
 * of its statements and no longer.
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

  /** How many wait. */
  get waiting(): number {
    return [...this.#shares.values()].reduce((sum, { waiting }) => sum + waiting.length, 0);
  }

  /**
   * Waits for a connection, and returns how to give it back.
   *
   * @throws CallerGoneError where the signal aborts meanwhile, Error where it takes too long.
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
      // To the end of the turns.
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

// The words of the driver, by which `isTransientError` knows it.
const TOO_LONG =
  "timeout exceeded when trying to connect: the statements of the organisation take all of its connections";
