import { isApiError, type BridgeClient, type Task } from "@bridgekit/client";
import { setTimeout as sleep } from "node:timers/promises";
import { callBridge } from "../call-bridge.ts";
import type { RetryOptions } from "../retry.ts";

export interface TaskSourceOptions {
  bridge: BridgeClient;
  appId: string;
  runner: string;
  leaseSeconds: number;
  pollSeconds: number;
  retry?: RetryOptions;
  signal: AbortSignal;
}

/** What waiting for tasks brought. */
export interface News {
  /** Ours already. */
  taken: Task[];
  /** Still to be taken. */
  pending: Task[];
}

/** What the guide asks for at least between two polls. */
export const FASTEST_POLL_SECONDS = 10;

const PAGE_SIZE = 100;
// So many are looked at to find those that go first.
const LOOK_AHEAD = 500;
const WAIT_SECONDS = 30;
// A request that is held back this much longer than asked is lost.
const LOST_AFTER_SECONDS = 30;
const GIVE_BACK_SECONDS = 5;

/** Where tasks come from: claims where the Bridge offers them, and plain polling elsewhere. */
export class TaskSource {
  readonly #options: TaskSourceOptions;
  #hasClaims = true;
  #listedAt = -Infinity;

  constructor(options: TaskSourceOptions) {
    this.#options = options;
  }

  /** Seconds since the last list was asked for. */
  get listAgeSeconds(): number {
    return (performance.now() - this.#listedAt) / 1000;
  }

  /** False once the Bridge has answered that it knows no claims. */
  get hasClaims(): boolean {
    return this.#hasClaims;
  }

  /** What is pending now, in its order; held back until there is something, where seconds are given and it is honoured. */
  async list(waitSeconds?: number): Promise<Task[]> {
    const { bridge, appId, retry, signal } = this.#options;
    this.#listedAt = performance.now();
    const tasks = await callBridge(
      async () => {
        const page = {
          status: "pending",
          pageSize: PAGE_SIZE,
          waitSeconds,
          signal: this.#deadline(waitSeconds),
        } as const;
        const listed: Task[] = [];
        for await (const task of bridge.listTasks(appId, page)) {
          listed.push(task);
          if (listed.length === LOOK_AHEAD) break;
        }
        return listed;
      },
      { ...retry, signal },
    );
    // A Bridge with claims hands out in the order of its list; what order another one lists in is not known.
    return this.#hasClaims
      ? tasks
      : tasks.sort((a, b) => compare(a.execute_after, b.execute_after) || compare(a.created_at, b.created_at));
  }

  /** Takes pending tasks in hand; answers which of them are ours now. */
  async take(tasks: readonly Task[]): Promise<Task[]> {
    const taken = await this.claim(tasks.map(({ id }) => id));
    if (!taken) return [...tasks];
    const ours = new Set(taken.map(({ id }) => id));
    return tasks.filter(({ id }) => ours.has(id));
  }

  /** Claims tasks by their ids, or goes on keeping them; undefined where the Bridge knows no claims. */
  async claim(ids: readonly string[]): Promise<Task[] | undefined> {
    if (ids.length === 0) return [];
    return this.#claim({ task_ids: [...ids], lease_seconds: this.#options.leaseSeconds });
  }

  /** Lets another runner have a task soon: a lease can be shortened to a second. Where this fails, it just ends later. */
  async giveBack({ id }: Task): Promise<void> {
    const { bridge, appId, runner } = this.#options;
    if (!this.#hasClaims) return;
    // Also when the run is stopping.
    const signal = AbortSignal.timeout(GIVE_BACK_SECONDS * 1000);
    await bridge.claimTasks(appId, { runner, task_ids: [id], lease_seconds: 1 }, { signal }).catch(() => undefined);
  }

  /** Waits until there may be something to do, and takes up to `count` tasks where the Bridge hands them out. */
  async wait(count: number): Promise<News> {
    const start = performance.now();
    const claim = { limit: count, lease_seconds: this.#options.leaseSeconds };
    const taken = await this.#claim(claim, WAIT_SECONDS);
    if (taken) {
      // An empty answer that comes early: the Bridge does not wait, or is stopping.
      if (taken.length === 0) await this.#rest(start);
      return { taken, pending: [] };
    }
    await this.#rest(this.#listedAt);
    return { taken: [], pending: await this.list(WAIT_SECONDS) };
  }

  /** Sleeps for the rest of a poll interval that began at `start`, unless the Bridge has held its answer back. */
  async #rest(start: number): Promise<void> {
    const passed = (performance.now() - start) / 1000;
    if (passed > WAIT_SECONDS / 2) return;
    const jitter = 0.9 + Math.random() * 0.2;
    const seconds = Math.max(FASTEST_POLL_SECONDS, this.#options.pollSeconds * jitter) - passed;
    await sleep(Math.max(0, seconds) * 1000, undefined, { signal: this.#options.signal });
  }

  async #claim(claim: { limit?: number; task_ids?: string[]; lease_seconds: number }, waitSeconds?: number) {
    if (!this.#hasClaims) return undefined;
    const { bridge, appId, runner, retry, signal } = this.#options;
    try {
      return await callBridge(
        () => bridge.claimTasks(appId, { runner, ...claim }, { waitSeconds, signal: this.#deadline(waitSeconds) }),
        { ...retry, signal },
      );
    } catch (error) {
      if (!isApiError(error) || (error.status !== 404 && error.status !== 405)) throw error;
      this.#hasClaims = false;
      return undefined;
    }
  }

  #deadline(waitSeconds = 0): AbortSignal {
    return AbortSignal.any([this.#options.signal, AbortSignal.timeout((waitSeconds + LOST_AFTER_SECONDS) * 1000)]);
  }
}

function compare(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b);
}
