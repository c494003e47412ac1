interface Waiter {
  /** Whether it found what it waits for. */
  attempt: () => Promise<boolean>;
  isBusy: boolean;
  isOver: boolean;
  leave: () => void;
  fail: (error: unknown) => void;
}

interface LongPollQueueOptions {
  /** When the next task after this time comes due or its lease expires. */
  nextDue: (after: Date) => Promise<Date | undefined>;
  onError: (error: unknown) => void;
  now: () => Date;
}

// The longest time until a task is found that was missed, for example because a process died while taking it.
const LONGEST_REST_MS = 15_000;
// A lease lasts at least a second, so looking this late is early enough.
const REPLAN_MS = 500;

/**
 * The requests of this process that wait for a task of one app, first come, first served. One of them at a time looks
 * when there may be a task, and the next one only if that one found a task. So a task costs two looks, not one per
 * waiting request.
 */
export class LongPollQueue {
  readonly #options: LongPollQueueOptions;
  readonly #waiters: Waiter[] = [];
  /** How often something may have come, and for how many of these times nothing is left. */
  #signalled = 0;
  #settled = 0;
  #isServing = false;
  /** When the last look began that found nothing: what comes due later, none has looked for. */
  #lookedAt: Date;
  #isPlanned = false;
  #plans = 0;
  #due: NodeJS.Timeout | undefined;
  #replan: NodeJS.Timeout | undefined;

  constructor(options: LongPollQueueOptions) {
    this.#options = options;
    this.#lookedAt = options.now();
  }

  /** Looks at once, then whenever there may be a task, until the attempt succeeds or the signal aborts. */
  async wait(attempt: () => Promise<boolean>, over: AbortSignal): Promise<void> {
    const waiter: Waiter = { attempt, isBusy: true, isOver: false, leave: () => {}, fail: () => {} };
    this.#waiters.push(waiter);
    // What it has begun to take when its time is over still belongs to it.
    const end = () => {
      waiter.isOver = true;
      if (!waiter.isBusy) waiter.leave();
    };
    over.addEventListener("abort", end);
    try {
      if ((await this.#attempt(waiter)) || over.aborted) return;
      await new Promise<void>((resolve, reject) => {
        waiter.leave = resolve;
        waiter.fail = reject;
        waiter.isBusy = false;
        void this.#serve();
      });
    } finally {
      over.removeEventListener("abort", end);
      this.#remove(waiter);
    }
  }

  /** There may be a task now. */
  signal(): void {
    this.#signalled++;
    this.#isPlanned = false;
    void this.#serve();
  }

  /** A task was taken, so the time of the next one may have changed. */
  onClaimed(): void {
    this.#replan ??= setTimeout(() => {
      this.#replan = undefined;
      this.#isPlanned = false;
      void this.#plan();
    }, REPLAN_MS);
  }

  async #serve(): Promise<void> {
    if (this.#isServing) return;
    this.#isServing = true;
    while (this.#settled !== this.#signalled) {
      const waiter = this.#waiters.find(({ isBusy }) => !isBusy);
      if (waiter === undefined) break;
      const signalled = this.#signalled;
      if (!(await this.#look(waiter))) this.#settled = signalled;
    }
    this.#isServing = false;
    await this.#plan();
  }

  /** Whether the next request in the queue should look as well. */
  async #look(waiter: Waiter): Promise<boolean> {
    waiter.isBusy = true;
    try {
      const isFound = await this.#attempt(waiter);
      if (!isFound && !waiter.isOver) {
        waiter.isBusy = false;
        return false;
      }
      this.#remove(waiter);
      waiter.leave();
      return isFound;
    } catch (error) {
      this.#remove(waiter);
      waiter.fail(error);
      return true;
    }
  }

  async #attempt({ attempt }: Waiter): Promise<boolean> {
    const begunAt = this.#options.now();
    const isFound = await attempt();
    if (!isFound) this.#lookedAt = begunAt;
    return isFound;
  }

  async #plan(): Promise<void> {
    // Those that look plan afterwards.
    if (this.#isPlanned || this.#waiters.every(({ isBusy }) => isBusy)) return;
    this.#isPlanned = true;
    const plan = ++this.#plans;
    const { nextDue, onError, now } = this.#options;
    const due = await nextDue(this.#lookedAt).catch(onError);
    // Another one looked later, or nobody is left.
    if (this.#waiters.length === 0 || plan !== this.#plans) return;
    clearTimeout(this.#due);
    // What has come due since the last look is past already.
    const milliseconds = due ? Math.max(0, due.getTime() - now().getTime()) : LONGEST_REST_MS;
    this.#due = setTimeout(() => this.signal(), Math.min(milliseconds, LONGEST_REST_MS));
  }

  #remove(waiter: Waiter): void {
    const index = this.#waiters.indexOf(waiter);
    if (index !== -1) this.#waiters.splice(index, 1);
    if (this.#waiters.length > 0) return;
    this.#isPlanned = false;
    clearTimeout(this.#due);
    clearTimeout(this.#replan);
    this.#replan = undefined;
  }
}
