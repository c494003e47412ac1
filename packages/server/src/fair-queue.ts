import { CallerGoneError } from "./database/caller.ts";

export interface QueueLimits {
  /** What is in use at a time: connections, bytes. */
  most: number;
  /** The part of it that one organisation may use. */
  mostEach: number;
  /** Milliseconds after which waiting fails; never by default. */
  patienceMs?: number;
}

interface Waiter {
  weight: number;
  admit: () => void;
}

interface Share {
  inUse: number;
  waiting: Waiter[];
}

/**
 * Decides who gets the next connection, or room for a body. The organisations take turns, so one that wants a thousand
 * connections delays another by one statement at most.
 */
export class FairQueue {
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

  /** Whether others wait who have not used up their own part. */
  isWanted(orgId: string): boolean {
    for (const [id, { inUse, waiting }] of this.#shares)
      if (id !== orgId && waiting[0] !== undefined && inUse + waiting[0].weight <= this.#limits.mostEach) return true;
    return false;
  }

  /**
   * Waits for a connection, or for as much as the weight says, and returns a function that releases it.
   *
   * @throws CallerGoneError if the signal aborts meanwhile, Error if it takes too long.
   */
  async enter(orgId: string, gone?: AbortSignal, weight = 1): Promise<() => void> {
    if (gone?.aborted) throw new CallerGoneError();
    const share = this.#shares.get(orgId) ?? { inUse: 0, waiting: [] };
    this.#shares.set(orgId, share);
    await new Promise<void>((resolve, reject) => {
      const waiter: Waiter = { weight, admit: () => settle(resolve) };
      const settle = (end: () => void) => {
        clearTimeout(timer);
        gone?.removeEventListener("abort", leave);
        end();
      };
      const giveUp = (error: Error) => {
        share.waiting.splice(share.waiting.indexOf(waiter), 1);
        this.#forget(orgId, share);
        settle(() => reject(error));
        // It may have held back smaller ones.
        this.#admit();
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
      this.#inUse -= weight;
      share.inUse -= weight;
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
      const waiter = share.waiting.shift();
      this.#inUse += waiter?.weight ?? 0;
      share.inUse += waiter?.weight ?? 0;
      waiter?.admit();
    }
  }

  #next(): [string, Share] | undefined {
    const { most, mostEach } = this.#limits;
    for (const [orgId, share] of this.#shares) {
      const [waiter] = share.waiting;
      if (waiter === undefined || share.inUse + waiter.weight > mostEach) continue;
      // Whose turn it is waits until there is room, instead of being overtaken by smaller ones for ever.
      return this.#inUse + waiter.weight > most ? undefined : [orgId, share];
    }
    return undefined;
  }

  #forget(orgId: string, share: Share): void {
    if (share.inUse === 0 && share.waiting.length === 0) this.#shares.delete(orgId);
  }
}

// The driver's wording, by which `isTransientError` recognises it.
const TOO_LONG =
  "timeout exceeded when trying to connect: the statements of the organisation take all of its connections";
