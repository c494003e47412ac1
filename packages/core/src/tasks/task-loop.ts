import type { Task } from "@bridgekit/client";
import { setTimeout as sleep } from "node:timers/promises";
import type { AccountIds } from "./account-ids.ts";
import type { Signal } from "./signal.ts";
import { chooseTasks } from "./choose-tasks.ts";
import { retryDelay } from "./retry-delay.ts";
import type { TaskRunOptions } from "./task-run-options.ts";
import type { Settler } from "./settle-task.ts";
import { FASTEST_POLL_SECONDS, type TaskSource } from "./task-source.ts";
import type { TasksInFlight } from "./tasks-in-flight.ts";

export interface TaskLoopTools {
  source: TaskSource;
  settler: Settler;
  hand: TasksInFlight;
  ids: AccountIds;
  /** Rings when a task leaves the hand or makes room. */
  bell: Signal;
  halt: AbortSignal;
}

/** Takes tasks in hand as long as there is room and there are any, the urgent ones first. */
export class TaskLoop {
  readonly #options: TaskRunOptions;
  readonly #tools: TaskLoopTools;
  /** Known from the last look, and not begun. */
  #pending: Task[] = [];
  /** Something happened after which another look may find more. */
  #isNews = true;
  #waiting: Promise<void> | undefined;
  #failure: Error | undefined;
  /** One after another. */
  #failures = 0;

  constructor(options: TaskRunOptions, tools: TaskLoopTools) {
    this.#options = options;
    this.#tools = tools;
  }

  /** A task has ended. */
  onOutcome(): void {
    this.#isNews = true;
    this.#failures = 0;
  }

  onFailure(error: Error): void {
    this.#failure ??= error;
  }

  /** Until nothing is pending, or `halt` aborts. Throws with `until: "idle"` only. */
  async run(): Promise<void> {
    const { until = "idle" } = this.#options;
    const { hand, bell, halt } = this.#tools;
    let isStarted = false;
    while (!halt.aborted) {
      try {
        const failure = this.takeFailure();
        if (failure) throw failure;
        if (!isStarted) await this.#resume();
        isStarted = true;
        await this.#reportUnreported();
        await this.#begin();
        if (until === "idle" && hand.isEmpty && !this.#isNews) return;
        if (until === "stopped" && hand.room > 0) this.#waiting ??= this.#wait();
        await bell.heard(halt);
      } catch (error) {
        if (halt.aborted) return;
        if (until === "idle") throw error;
        await this.#pauseAfter(error as Error);
      }
    }
  }

  /** Takes up what this runner had in hand when it ended. */
  async #resume(): Promise<void> {
    const { source, hand } = this.#tools;
    const begun = [...this.#options.journal.entries()].filter(({ state }) => state === "intent");
    const newest = begun.slice(-MOST_RESUMED).map(({ taskId }) => taskId);
    for (const task of (await source.claim(newest)) ?? []) hand.start(task);
  }

  /** Reports what ended before and could not be reported. */
  async #reportUnreported(): Promise<void> {
    const { settler, hand, halt } = this.#tools;
    for (const id of settler.unreported) if (!hand.has(id) && !halt.aborted) await settler.report(id);
  }

  async #begin(): Promise<void> {
    const { source, hand, ids, halt } = this.#tools;
    const accountOf = ({ payload }: Task) => ids.resolve(payload.account.id);
    // What was seen a while ago may have been cancelled, and something urgent may have come.
    if (this.#pending.length > 0 && source.listAgeSeconds > FASTEST_POLL_SECONDS) await this.#look();
    while (hand.room > 0 && !halt.aborted) {
      const isBusy = (account: string) => hand.isBusy(account);
      const chosen = chooseTasks(this.#pending, { count: hand.room, accountOf, isBusy });
      if (chosen.length === 0) {
        if (!this.#isNews || !this.#mayLook()) return;
        await this.#look();
        continue;
      }
      const taken = new Set(await source.take(chosen));
      // Somebody else has a task of that account in hand, so those behind it are no use either for now.
      const refused = new Set(chosen.filter((task) => !taken.has(task)).map(accountOf));
      this.#pending = this.#pending.filter((task) => !taken.has(task) && !refused.has(accountOf(task)));
      for (const task of taken) hand.start(task);
    }
  }

  #mayLook(): boolean {
    const { source } = this.#tools;
    if (this.#waiting) return false;
    // The guide asks for no more polls than that.
    const isPolling = this.#options.until === "stopped" && !source.hasClaims;
    return !isPolling || source.listAgeSeconds > FASTEST_POLL_SECONDS;
  }

  async #look(): Promise<void> {
    const { source, hand } = this.#tools;
    this.#isNews = false;
    this.#pending = (await source.list()).filter(({ id }) => !hand.has(id));
  }

  async #wait(): Promise<void> {
    const { source, hand, bell, halt } = this.#tools;
    try {
      const { taken, pending } = await source.wait(hand.room);
      for (const task of taken) hand.start(task);
      if (taken.length > 0) this.#isNews = true;
      else this.#pending = pending.filter(({ id }) => !hand.has(id));
    } catch (error) {
      if (!halt.aborted) this.onFailure(error as Error);
    }
    this.#waiting = undefined;
    bell.ring();
  }

  /** What was heard of a failure since it was asked for. */
  takeFailure(): Error | undefined {
    const failure = this.#failure;
    this.#failure = undefined;
    return failure;
  }

  async #pauseAfter(failure: Error): Promise<void> {
    const { appId, connection, retry = {} } = this.#options;
    connection.logger.error({ appId, error: failure.message }, "the task run failed; trying again");
    this.#isNews = true;
    const { minDelaySeconds = 1, maxDelaySeconds = 60 } = retry;
    const state = { attempt: Math.min(++this.#failures, 20), elapsedSeconds: 0 };
    const seconds = retryDelay(state, { budgetSeconds: Infinity, minDelaySeconds, maxDelaySeconds });
    await sleep((seconds ?? 0) * 1000, undefined, { signal: this.#tools.halt }).catch(() => undefined);
  }
}

// As many as one call claims.
const MOST_RESUMED = 100;
