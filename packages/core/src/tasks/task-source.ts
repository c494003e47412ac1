import { isApiError, type BridgeClient, type Task } from "@bridgekit/client";
import { setTimeout as sleep } from "node:timers/promises";
import { callBridge } from "../call-bridge.ts";
import type { RetryOptions } from "../retry.ts";
import { Leases } from "./leases.ts";

export interface TaskSourceOptions {
  bridge: BridgeClient;
  appId: string;
  runner: string;
  leaseSeconds: number;
  pollSeconds: number;
  retry?: RetryOptions;
  /** Aborts when nothing new may begin. */
  stop: AbortSignal;
}

interface Claim {
  limit?: number;
  task_ids?: string[];
  lease_seconds: number;
  begin?: boolean;
}

/** What waiting for tasks brought. */
export interface News {
  /** Claimed for this runner. */
  claimed: Task[];
  /** Not claimed yet. */
  pending: Task[];
}

/** The guide asks for at least this long between two polls. */
export const MIN_POLL_SECONDS = 10;

const PAGE_SIZE = 100;
// Urgent tasks are looked for among the first so many.
const LOOK_AHEAD = 500;
const WAIT_SECONDS = 30;
// A request that is held back this much longer than asked is lost.
const LOST_AFTER_SECONDS = 30;
const RELEASE_SECONDS = 5;
const NOT_FROM_BRIDGE =
  "This is not a response of the Bridge, which sends JSON with a detail. Is the address right, and is a proxy in between? " +
  "Without a claim a task might be executed twice, so none is executed.";
// A Bridge without claims may have been replaced by one that offers them.
const ASK_AGAIN_MS = 600_000;

/** The tasks of an app: claimed if the Bridge offers claims, otherwise polled. */
export class TaskSource {
  readonly leases = new Leases();
  readonly #options: TaskSourceOptions;
  #wasClaimed = false;
  /** When the Bridge responded that it offers no claims. */
  #refusedAt = -Infinity;
  #keepsBegun = false;
  #listedAt = -Infinity;

  constructor(options: TaskSourceOptions) {
    this.#options = options;
  }

  /** Seconds since the last list was requested. */
  get listAgeSeconds(): number {
    return (performance.now() - this.#listedAt) / 1000;
  }

  /** False for a while after the Bridge responded that it offers no claims. */
  get hasClaims(): boolean {
    return this.#wasClaimed || performance.now() - this.#refusedAt > ASK_AGAIN_MS;
  }

  /** Whether a claim has succeeded. */
  get wasClaimed(): boolean {
    return this.#wasClaimed;
  }

  /** Whether the Bridge lets the next runner of a task know that an earlier one began it. */
  get keepsBegun(): boolean {
    return this.#keepsBegun;
  }

  /** Returns the pending tasks in their order. With `waitSeconds`, the Bridge may hold the response back until there is one. */
  async list(waitSeconds?: number): Promise<Task[]> {
    const { bridge, appId, retry, stop } = this.#options;
    this.#listedAt = performance.now();
    const tasks = await callBridge(
      async () => {
        const signal = this.#deadline(waitSeconds);
        const query = { status: "pending", pageSize: PAGE_SIZE, waitSeconds, signal } as const;
        const listed: Task[] = [];
        for await (const task of bridge.listTasks(appId, query)) {
          listed.push(task);
          if (listed.length === LOOK_AHEAD) break;
        }
        return listed;
      },
      { ...retry, signal: stop },
    );
    // The Bridge's own order, however the list is sorted. Tasks that are due at the same time keep their order.
    return tasks.sort((a, b) => compare(a.execute_after, b.execute_after) || compare(a.created_at, b.created_at));
  }

  /** Claims pending tasks; returns those that this runner got. Without claims it gets all of them. */
  async take(tasks: readonly Task[]): Promise<Task[]> {
    const claimed = await this.claim(tasks.map(({ id }) => id));
    if (!claimed) return [...tasks];
    const ids = new Set(claimed.map(({ id }) => id));
    return tasks.filter(({ id }) => ids.has(id));
  }

  /** Claims tasks by their ids, or renews their leases; undefined if the Bridge offers no claims. */
  async claim(ids: readonly string[]): Promise<Task[] | undefined> {
    if (ids.length === 0) return [];
    return this.#claim({ task_ids: [...ids], lease_seconds: this.#options.leaseSeconds });
  }

  /**
   * Records that a task is about to be executed, and renews its lease. Returns the task with who began it before; undefined
   * if it is not leased to this runner.
   */
  async begin(task: Task): Promise<Task | undefined> {
    if (!this.#keepsBegun) return this.leases.isHeld(task.id) ? task : undefined;
    const claim = { task_ids: [task.id], lease_seconds: this.#options.leaseSeconds, begin: true };
    const leased = await this.#claim(claim);
    return leased === undefined ? task : leased[0];
  }

  /** Releases a task by shortening its lease to a second. If that fails, the lease ends later. */
  async release({ id }: Task): Promise<void> {
    const { bridge, appId, runner } = this.#options;
    if (!this.hasClaims) return;
    // Not the stop signal: tasks are released while the run is stopping.
    const signal = AbortSignal.timeout(RELEASE_SECONDS * 1000);
    await bridge.claimTasks(appId, { runner, task_ids: [id], lease_seconds: 1 }, { signal }).catch(() => undefined);
  }

  /** Waits until there may be something to do. Claims up to `count` tasks if the Bridge offers claims. */
  async wait(count: number): Promise<News> {
    const start = performance.now();
    const claim = { limit: count, lease_seconds: this.#options.leaseSeconds };
    const claimed = await this.#claim(claim, WAIT_SECONDS);
    if (claimed) {
      // If an empty response comes early, the Bridge does not wait or is stopping.
      if (claimed.length === 0) await this.#untilNextPoll(start);
      return { claimed, pending: [] };
    }
    await this.#untilNextPoll(this.#listedAt);
    return { claimed: [], pending: await this.list(WAIT_SECONDS) };
  }

  /** Waits until the poll interval that began at `start` is over, unless the Bridge has held its response back. */
  async #untilNextPoll(start: number): Promise<void> {
    const passed = (performance.now() - start) / 1000;
    if (passed > WAIT_SECONDS / 2) return;
    const jitter = 0.9 + Math.random() * 0.2;
    const seconds = Math.max(MIN_POLL_SECONDS, this.#options.pollSeconds * jitter) - passed;
    await sleep(Math.max(0, seconds) * 1000, undefined, { signal: this.#options.stop });
  }

  async #claim(claim: Claim, waitSeconds?: number): Promise<Task[] | undefined> {
    if (!this.hasClaims) return undefined;
    const { bridge, appId, runner, retry, stop } = this.#options;
    let sentAt = 0;
    const send = () => {
      sentAt = performance.now();
      const options = { waitSeconds, signal: this.#deadline(waitSeconds) };
      return bridge.claimTasksWithExtensions(appId, { runner, ...claim }, options);
    };
    try {
      const { tasks, extensions } = await callBridge(send, { ...retry, signal: stop });
      this.#wasClaimed = true;
      this.#keepsBegun = extensions.includes("begun-tasks");
      // A claim that waits is granted when the Bridge responds, not when it was sent.
      const ids = tasks.map(({ id }) => id);
      this.leases.grant(ids, waitSeconds === undefined ? sentAt : performance.now(), claim.lease_seconds);
      for (const id of claim.task_ids ?? []) if (!ids.includes(id)) this.leases.lose(id);
      return tasks;
    } catch (error) {
      if (!isApiError(error) || this.#wasClaimed || (error.status !== 404 && error.status !== 405)) throw error;
      // The page of a proxy says nothing about the Bridge.
      if (!error.isFromBridge) throw new Error(`${error.message}. ${NOT_FROM_BRIDGE}`, { cause: error });
      this.#refusedAt = performance.now();
      return undefined;
    }
  }

  #deadline(waitSeconds = 0): AbortSignal {
    return AbortSignal.any([this.#options.stop, AbortSignal.timeout((waitSeconds + LOST_AFTER_SECONDS) * 1000)]);
  }
}

function compare(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b);
}
