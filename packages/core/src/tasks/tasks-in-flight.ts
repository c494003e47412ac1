import type { Task } from "@bridgekit/client";
import { setTimeout as sleep } from "node:timers/promises";
import type { TaskSource } from "./task-source.ts";

export interface InFlightOptions {
  source: TaskSource;
  concurrency: number;
  leaseSeconds: number;
  /** Answers whether another runner may have the task at once. */
  settle: (task: Task) => Promise<boolean>;
  /** Whether this runner has called a handler of the task, or knows its outcome. */
  isBegun: (task: Task) => boolean;
  accountOf: (task: Task) => string;
  /** Of a task that could not be settled; it comes again. */
  onFailure: (error: Error) => void;
  /** There may be room for another task. */
  onChange: () => void;
}

// As many as one call renews; a runner that dies keeps them from others for as long as a lease lasts.
const MOST_IN_HAND = 100;

/** The tasks that this runner has in hand: executed, resting until their next try, or behind an older one of their account. */
export class TasksInFlight implements Disposable {
  readonly #options: InFlightOptions;
  readonly #tasks = new Map<string, Task>();
  /** What the next task of an account has to wait for. */
  readonly #lastOfAccount = new Map<string, Promise<void>>();
  readonly #renewing: NodeJS.Timeout;
  #resting = 0;

  constructor(options: InFlightOptions) {
    this.#options = options;
    this.#renewing = setInterval(() => void this.#renew(), (options.leaseSeconds * 1000) / 3);
  }

  get isEmpty(): boolean {
    return this.#tasks.size === 0;
  }

  /** How many more may be begun. One that rests makes room for another account's. */
  get room(): number {
    const begun = this.#lastOfAccount.size - this.#resting;
    return Math.max(0, Math.min(this.#options.concurrency - begun, MOST_IN_HAND - this.#tasks.size));
  }

  has(taskId: string): boolean {
    return this.#tasks.has(taskId);
  }

  isBusy(account: string): boolean {
    return this.#lastOfAccount.has(account);
  }

  /** Settles a task as soon as no older one of its account is in hand. */
  start(task: Task): void {
    if (this.#tasks.has(task.id)) return;
    this.#tasks.set(task.id, task);
    const account = this.#options.accountOf(task);
    const turn = this.#settleAfter(this.#lastOfAccount.get(account), task);
    this.#lastOfAccount.set(account, turn);
    void this.#leave(account, turn);
  }

  /** Lets a task rest; false where the signal ended that. */
  async rest(seconds: number, signal: AbortSignal): Promise<boolean> {
    this.#resting++;
    this.#options.onChange();
    const isDue = await sleep(seconds * 1000, true, { signal }).catch(() => false);
    this.#resting--;
    return isDue;
  }

  /** Waits until nothing is in hand. */
  async settled(): Promise<void> {
    await Promise.all(this.#lastOfAccount.values());
  }

  [Symbol.dispose](): void {
    clearInterval(this.#renewing);
  }

  async #leave(account: string, turn: Promise<void>): Promise<void> {
    await turn;
    if (this.#lastOfAccount.get(account) === turn) this.#lastOfAccount.delete(account);
    this.#options.onChange();
  }

  async #settleAfter(older: Promise<void> | undefined, task: Task): Promise<void> {
    await older;
    const { source, settle, isBegun, onFailure } = this.#options;
    let isFree: boolean;
    try {
      isFree = await settle(task);
    } catch (error) {
      onFailure(error as Error);
      isFree = !isBegun(task);
    }
    this.#tasks.delete(task.id);
    // The next runner need not wait for the end of the lease.
    if (isFree && source.leases.isHeld(task.id)) await source.release(task);
    source.leases.forget(task.id);
  }

  async #renew(): Promise<void> {
    if (this.#tasks.size === 0) return;
    // A Bridge that is out of reach may be back before the leases end; what is lost, they know.
    await this.#options.source.claim([...this.#tasks.keys()]).catch(() => undefined);
  }
}
