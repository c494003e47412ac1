import type { Task } from "@bridgekit/client";
import { sleepUnlessAborted } from "../abort.ts";
import { backoffSeconds } from "./backoff.ts";
import { carryOutTask, type CarryOutTools } from "./carry-out-task.ts";
import { chooseTasks } from "./choose-tasks.ts";
import type { OutcomeListener } from "./outbox.ts";
import type { TaskRunSettings } from "./task-run-options.ts";
import { MIN_POLL_SECONDS } from "./task-source.ts";
import type { WakeSignal } from "./wake-signal.ts";

export interface TaskRunResult {
  completed: number;
  failed: number;
}

export interface TaskRunnerTools extends CarryOutTools {
  /** Woken when a task ends or makes room. */
  wake: WakeSignal;
  /** Aborts `stop`. */
  end: () => void;
}

// As many as one call claims.
const MAX_RESUMED = 100;

/** Starts tasks as long as there is room and there are any, the urgent ones first. */
export class TaskRunner {
  readonly #settings: TaskRunSettings;
  readonly #tools: TaskRunnerTools;
  readonly #counts: TaskRunResult = { completed: 0, failed: 0 };
  /** From the last look, and not started. */
  #pending: Task[] = [];
  /** Something happened after which another look may find more. */
  #hasNews = true;
  #waiting: Promise<void> | undefined;
  #failure: Error | undefined;
  #failuresInARow = 0;

  constructor(settings: TaskRunSettings, tools: TaskRunnerTools) {
    this.#settings = settings;
    this.#tools = tools;
  }

  /** Runs until nothing is pending or `stop` aborts, then waits for the tasks in flight. Throws with `until: "idle"` only. */
  async run(): Promise<TaskRunResult> {
    const { appId, connection, signal } = this.#settings;
    const { inFlight, end } = this.#tools;
    try {
      await this.#loop();
    } finally {
      end();
      await inFlight.drain();
    }
    const failure = this.#takeFailure();
    if (failure && !signal?.aborted) throw failure;
    // The next run reports what could not be reported while stopping.
    if (failure) connection.logger.error({ appId, error: failure.message }, "a task is left over");
    return this.#counts;
  }

  async #loop(): Promise<void> {
    const { until } = this.#settings;
    const { inFlight, wake, stop } = this.#tools;
    let isResumed = false;
    while (!stop.aborted) {
      try {
        const failure = this.#takeFailure();
        if (failure) throw failure;
        if (!isResumed) await this.#resume();
        isResumed = true;
        await this.#reportUnreported();
        await this.#startTasks();
        if (until === "idle" && inFlight.isEmpty && !this.#hasNews) return;
        if (until === "stopped" && inFlight.room > 0) this.#waiting ??= this.#waitForTasks();
        await wake.wait(stop);
      } catch (error) {
        if (stop.aborted) return;
        if (until === "idle") throw error;
        await this.#pauseAfter(error as Error);
      }
    }
  }

  /** Takes up the tasks that an earlier run of this journal had begun. */
  async #resume(): Promise<void> {
    const begun = [...this.#settings.journal.entries()].filter(({ state }) => state === "intent");
    const newest = begun.slice(-MAX_RESUMED).map(({ taskId }) => taskId);
    for (const task of (await this.#tools.source.claim(newest)) ?? []) this.#start(task);
  }

  async #reportUnreported(): Promise<void> {
    const { outbox, inFlight, stop } = this.#tools;
    for (const id of outbox.unreported)
      if (!inFlight.has(id) && !stop.aborted) await outbox.deliver(id, this.#onOutcome);
  }

  async #startTasks(): Promise<void> {
    const { source, inFlight, stop } = this.#tools;
    const accountOf = (task: Task) => this.#accountOf(task);
    const isBusy = (account: string) => inFlight.isBusy(account);
    // Tasks of an old list may be cancelled, and an urgent one may have come.
    if (this.#pending.length > 0 && source.listAgeSeconds > MIN_POLL_SECONDS) await this.#look();
    while (inFlight.room > 0 && !stop.aborted) {
      const chosen = chooseTasks(this.#pending, { count: inFlight.room, accountOf, isBusy });
      if (chosen.length === 0) {
        if (!this.#hasNews || !this.#mayLook()) return;
        await this.#look();
        continue;
      }
      const taken = new Set(await source.take(chosen));
      // Another runner has a task of these accounts in flight, so the tasks behind it can't start either.
      const refused = new Set(chosen.filter((task) => !taken.has(task)).map(accountOf));
      this.#pending = this.#pending.filter((task) => !taken.has(task) && !refused.has(accountOf(task)));
      for (const task of taken) this.#start(task);
    }
  }

  #mayLook(): boolean {
    const { source } = this.#tools;
    if (this.#waiting) return false;
    const isPolling = this.#settings.until === "stopped" && !source.hasClaims;
    return !isPolling || source.listAgeSeconds > MIN_POLL_SECONDS;
  }

  async #look(): Promise<void> {
    const { source, inFlight } = this.#tools;
    this.#hasNews = false;
    this.#pending = (await source.list()).filter(({ id }) => !inFlight.has(id));
  }

  async #waitForTasks(): Promise<void> {
    const { source, inFlight, wake, stop } = this.#tools;
    try {
      const { claimed, pending } = await source.wait(inFlight.room);
      for (const task of claimed) this.#start(task);
      if (claimed.length > 0) this.#hasNews = true;
      else this.#pending = pending.filter(({ id }) => !inFlight.has(id));
    } catch (error) {
      if (!stop.aborted) this.#failure ??= error as Error;
    }
    this.#waiting = undefined;
    wake.wake();
  }

  #start(task: Task): void {
    this.#tools.inFlight.start(task, this.#accountOf(task), () => this.#carryOut(task));
  }

  #accountOf({ payload }: Task): string {
    return this.#tools.accountIds.resolve(payload.account.id);
  }

  /** Never throws; returns whether another runner may have the task at once. */
  async #carryOut(task: Task): Promise<boolean> {
    const { outbox, end } = this.#tools;
    try {
      return await carryOutTask(task, this.#settings, this.#tools, this.#onOutcome);
    } catch (error) {
      this.#failure ??= error as Error;
      // Tasks that back off must not delay the end of a run that has failed.
      if (this.#settings.until === "idle") end();
      return !outbox.has(task.id) && this.#settings.journal.get(task.id) === undefined;
    }
  }

  readonly #onOutcome: OutcomeListener = (task, outcome) => {
    this.#counts[outcome.status]++;
    this.#hasNews = true;
    this.#failuresInARow = 0;
    if (task) this.#settings.onOutcome?.(task, outcome);
  };

  #takeFailure(): Error | undefined {
    const failure = this.#failure;
    this.#failure = undefined;
    return failure;
  }

  async #pauseAfter(failure: Error): Promise<void> {
    const { appId, connection, retry = {} } = this.#settings;
    connection.logger.error({ appId, error: failure.message }, "the task run failed; trying it again");
    this.#hasNews = true;
    const { minDelaySeconds = 1, maxDelaySeconds = 60 } = retry;
    const state = { tries: Math.min(++this.#failuresInARow, 20), elapsedSeconds: 0 };
    const seconds = backoffSeconds(state, { budgetSeconds: Infinity, minDelaySeconds, maxDelaySeconds });
    await sleepUnlessAborted(seconds ?? 0, this.#tools.stop);
  }
}
