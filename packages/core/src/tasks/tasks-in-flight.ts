import type { Task } from "@bridgekit/client";
import { sleepUnlessAborted } from "../abort.ts";
import type { TaskSource } from "./task-source.ts";
import type { WakeSignal } from "./wake-signal.ts";

export interface InFlightOptions {
  source: TaskSource;
  concurrency: number;
  leaseSeconds: number;
  /** Woken whenever there may be room for another task. */
  wake: WakeSignal;
}

// One call renews as many. If the runner dies, other runners wait for these until their leases end.
const MAX_IN_FLIGHT = 100;

/** The tasks that this runner has claimed: executing, backing off, or waiting for an older task of the same account. */
export class TasksInFlight implements Disposable {
  readonly #options: InFlightOptions;
  readonly #tasks = new Map<string, Task>();
  /** The last task of each account, which the next one waits for. */
  readonly #lastOfAccount = new Map<string, Promise<void>>();
  readonly #renewing: NodeJS.Timeout;
  #backingOff = 0;

  constructor(options: InFlightOptions) {
    this.#options = options;
    this.#renewing = setInterval(() => void this.#renew(), (options.leaseSeconds * 1000) / 3);
  }

  get isEmpty(): boolean {
    return this.#tasks.size === 0;
  }

  /** How many more tasks may start. A task that backs off makes room for a task of another account. */
  get room(): number {
    const executing = this.#lastOfAccount.size - this.#backingOff;
    return Math.max(0, Math.min(this.#options.concurrency - executing, MAX_IN_FLIGHT - this.#tasks.size));
  }

  has(taskId: string): boolean {
    return this.#tasks.has(taskId);
  }

  isBusy(account: string): boolean {
    return this.#lastOfAccount.has(account);
  }

  /**
   * Runs a task after the older tasks of its account. `run` never throws, and returns whether another runner may have the
   * task at once.
   */
  start(task: Task, account: string, run: () => Promise<boolean>): void {
    if (this.#tasks.has(task.id)) return;
    this.#tasks.set(task.id, task);
    const last = this.#runAfter(this.#lastOfAccount.get(account), task, run);
    this.#lastOfAccount.set(account, last);
    void this.#leave(account, last);
  }

  /** Waits before the next try of a task; returns false if the stop signal aborts first. */
  async backOff(seconds: number, stop: AbortSignal): Promise<boolean> {
    this.#backingOff++;
    this.#options.wake.wake();
    const isDue = await sleepUnlessAborted(seconds, stop);
    this.#backingOff--;
    return isDue;
  }

  /** Waits until nothing is in flight. */
  async drain(): Promise<void> {
    await Promise.all(this.#lastOfAccount.values());
  }

  [Symbol.dispose](): void {
    clearInterval(this.#renewing);
  }

  async #runAfter(older: Promise<void> | undefined, task: Task, run: () => Promise<boolean>): Promise<void> {
    await older;
    const { source } = this.#options;
    const isFree = await run();
    this.#tasks.delete(task.id);
    // The next runner need not wait for the end of the lease.
    if (isFree && source.leases.isHeld(task.id)) await source.release(task);
    source.leases.forget(task.id);
  }

  async #leave(account: string, last: Promise<void>): Promise<void> {
    await last;
    if (this.#lastOfAccount.get(account) === last) this.#lastOfAccount.delete(account);
    this.#options.wake.wake();
  }

  async #renew(): Promise<void> {
    if (this.#tasks.size === 0) return;
    // An unreachable Bridge may be back before the leases end, and the leases record which are lost.
    await this.#options.source.claim([...this.#tasks.keys()]).catch(() => undefined);
  }
}
