import type { Task } from "@bridgekit/client";
import type { EndedEntry, Outcome } from "../state/journal.ts";
import type { AccountIds } from "./account-ids.ts";
import { isTemporaryFailure } from "./attempt/read-failure.ts";
import { reportOutcome } from "./report-outcome.ts";
import type { TaskRunSettings } from "./task-run-options.ts";
import type { TaskSource } from "./task-source.ts";

/** An outcome on its way to the Bridge: executed, then written, then reported. */
type Undelivered =
  /** Only this process knows the outcome; the journal may have failed, as on a full disk. */
  | { state: "executed"; entry: EndedEntry; task: Task; isLeaseLost: boolean }
  /** The outcome is in the journal. `task` is absent if an earlier run executed it. */
  | { state: "written"; entry: EndedEntry; task?: Task; isLeaseLost: boolean }
  /** The Bridge knows the outcome, the journal does not yet say so. */
  | { state: "reported"; entry: EndedEntry; task?: Task };

/** Called when the Bridge knows an outcome; without the task if the Bridge did not return it. */
export type OutcomeListener = (task: Task | undefined, outcome: Outcome) => void;

/** Delivers outcomes: each is in the journal before the Bridge is told, and is kept until the Bridge knows it. */
export class Outbox {
  readonly #settings: TaskRunSettings;
  readonly #tools: { accountIds: AccountIds; source: TaskSource };
  readonly #undelivered = new Map<string, Undelivered>();

  constructor(settings: TaskRunSettings, tools: { accountIds: AccountIds; source: TaskSource }) {
    this.#settings = settings;
    this.#tools = tools;
    for (const entry of settings.journal.entries())
      if (entry.state === "outcome")
        this.#undelivered.set(entry.taskId, { state: "written", entry, isLeaseLost: false });
  }

  /** Ids of tasks whose outcome the Bridge may not know. */
  get unreported(): readonly string[] {
    return [...this.#undelivered.keys()];
  }

  has(taskId: string): boolean {
    return this.#undelivered.has(taskId);
  }

  /** Takes in the outcome of a task that was just executed. `begunAt`: when its handler was first called. */
  add(task: Task, outcome: Outcome, begunAt: string | undefined): void {
    const isLeaseLost = !this.#tools.source.leases.isHeld(task.id);
    const { id } = task.payload.account;
    const realId = outcome.result?.account?.id;
    const isRenamed = task.action === "create_account" && realId !== undefined && realId !== id;
    const entry: EndedEntry = {
      taskId: task.id,
      at: this.#now(),
      outcome,
      ...(isRenamed && { desiredId: id }),
      ...(begunAt !== undefined && isTemporaryFailure(outcome) && { begunAt }),
    };
    this.#undelivered.set(task.id, { state: "executed", entry, task, isLeaseLost });
  }

  /** Takes an outcome through its remaining states. Throws if the journal or the Bridge fails; it can be repeated then. */
  async deliver(taskId: string, onOutcome: OutcomeListener): Promise<void> {
    let item = this.#undelivered.get(taskId);
    while (item) {
      const next: Undelivered | undefined = await this.#advance(item, onOutcome);
      if (next) this.#undelivered.set(taskId, next);
      else this.#undelivered.delete(taskId);
      item = next;
    }
  }

  /** Reports an outcome again that the journal has as reported. */
  async redeliver(task: Task, outcome: Outcome, onOutcome: OutcomeListener): Promise<void> {
    const { isTaken } = await reportOutcome(task.id, outcome, this.#settings);
    if (isTaken) onOutcome(task, outcome);
  }

  async #advance(item: Undelivered, onOutcome: OutcomeListener): Promise<Undelivered | undefined> {
    switch (item.state) {
      case "executed":
        await this.#write(item.task, item.entry);
        return { ...item, state: "written" };
      case "written":
        if (!item.isLeaseLost || (await this.#isLeasedAgain(item.entry.taskId)))
          await this.#report(item.task, item.entry, onOutcome);
        return { ...item, state: "reported" };
      case "reported":
        await this.#close(item.task, item.entry);
        return undefined;
    }
  }

  async #write(task: Task, entry: EndedEntry): Promise<void> {
    const { accountIds } = this.#tools;
    const isCreated = task.action === "create_account" && entry.outcome.status === "completed";
    // The new account has the requested id from now on, and must have it before anything says that it exists.
    if (isCreated && entry.desiredId === undefined) await accountIds.forgetRequested(task.payload.account.id);
    await this.#settings.journal.write({ ...entry, state: "outcome", at: this.#now() });
    accountIds.learn(entry);
  }

  async #report(task: Task | undefined, { taskId, outcome }: EndedEntry, onOutcome: OutcomeListener): Promise<void> {
    const report = await reportOutcome(taskId, outcome, this.#settings);
    if (task || report.isTaken) onOutcome(task ?? report.task, outcome);
  }

  async #close(task: Task | undefined, entry: EndedEntry): Promise<void> {
    const { accountIds, source } = this.#tools;
    await this.#settings.journal.write({ ...entry, state: "reported", at: this.#now() });
    source.leases.forget(entry.taskId);
    if (task?.action === "delete_account" && entry.outcome.status === "completed")
      await accountIds.forget(accountIds.resolve(task.payload.account.id));
  }

  /** Whether a task whose lease had ended is leased to this runner again. If not, another runner has it and reports it. */
  async #isLeasedAgain(taskId: string): Promise<boolean> {
    const { appId, connection } = this.#settings;
    const leased = await this.#tools.source.claim([taskId]);
    if (leased === undefined || leased.length > 0) return true;
    const what = "the lease of a task ended before its handler did; its outcome stays in the journal";
    connection.logger.warn({ appId, taskId }, what);
    return false;
  }

  #now(): string {
    return this.#settings.now().toISOString();
  }
}
