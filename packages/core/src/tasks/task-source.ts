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
  signal: AbortSignal;
}

interface Claim {
  limit?: number;
  task_ids?: string[];
  lease_seconds: number;
  begin?: boolean;
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
const RELEASE_SECONDS = 5;
const NO_ANSWER =
  "That is no answer of the Bridge, which sends JSON with a detail; is the address right, and is a proxy in between? " +
  "Tasks that can't be claimed might be executed twice, so none is executed.";
// A Bridge without claims may have been replaced by one that offers them.
const ASK_AGAIN_MS = 600_000;

/** Where tasks come from: claims where the Bridge offers them, and plain polling elsewhere. */
export class TaskSource {
  readonly leases = new Leases();
  readonly #options: TaskSourceOptions;
  #wasClaimed = false;
  /** When the Bridge said that it knows no claims. */
  #refusedAt = -Infinity;
  #keepsBegun = false;
  #listedAt = -Infinity;

  constructor(options: TaskSourceOptions) {
    this.#options = options;
  }

  /** Seconds since the last list was asked for. */
  get listAgeSeconds(): number {
    return (performance.now() - this.#listedAt) / 1000;
  }

  /** False for a while after the Bridge has said that it knows no claims. */
  get hasClaims(): boolean {
    return this.#wasClaimed || performance.now() - this.#refusedAt > ASK_AGAIN_MS;
  }

  /** Whether a claim has succeeded. */
  get wasClaimed(): boolean {
    return this.#wasClaimed;
  }

  /** Whether the Bridge tells the next runner of a task that an earlier one began it. */
  get keepsBegun(): boolean {
    return this.#keepsBegun;
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
    // The Bridge's own order, whatever order the list came in; what is due at the same time stays as it was listed.
    return tasks.sort((a, b) => compare(a.execute_after, b.execute_after) || compare(a.created_at, b.created_at));
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

  /**
   * Says that a task is about to be executed, and renews its lease. Answers the task as the Bridge has it, with who began
   * it before; undefined where it is not kept for this runner.
   */
  async begin(task: Task): Promise<Task | undefined> {
    if (!this.#keepsBegun) return this.leases.isHeld(task.id) ? task : undefined;
    const claim = { task_ids: [task.id], lease_seconds: this.#options.leaseSeconds, begin: true };
    const kept = await this.#claim(claim);
    return kept === undefined ? task : kept[0];
  }

  /** Lets another runner have a task soon: a lease can be shortened to a second. Where this fails, it just ends later. */
  async release({ id }: Task): Promise<void> {
    const { bridge, appId, runner } = this.#options;
    if (!this.hasClaims) return;
    // Also when the run is stopping.
    const signal = AbortSignal.timeout(RELEASE_SECONDS * 1000);
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

  async #claim(claim: Claim, waitSeconds?: number): Promise<Task[] | undefined> {
    if (!this.hasClaims) return undefined;
    const { bridge, appId, runner, retry, signal } = this.#options;
    let sentAt = 0;
    const send = () => {
      sentAt = performance.now();
      const options = { waitSeconds, signal: this.#deadline(waitSeconds) };
      return bridge.claimTasksWithExtensions(appId, { runner, ...claim }, options);
    };
    try {
      const { tasks, extensions } = await callBridge(send, { ...retry, signal });
      this.#wasClaimed = true;
      this.#keepsBegun = extensions.includes("begun-tasks");
      // A claim that waits is granted when it is answered, not when it was sent; nobody renews it before.
      const ids = tasks.map(({ id }) => id);
      this.leases.grant(ids, waitSeconds === undefined ? sentAt : performance.now(), claim.lease_seconds);
      for (const id of claim.task_ids ?? []) if (!ids.includes(id)) this.leases.lose(id);
      return tasks;
    } catch (error) {
      if (!isApiError(error) || this.#wasClaimed || (error.status !== 404 && error.status !== 405)) throw error;
      // A proxy's page says nothing about the Bridge.
      if (!error.isFromBridge) throw new Error(`${error.message}. ${NO_ANSWER}`, { cause: error });
      this.#refusedAt = performance.now();
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
