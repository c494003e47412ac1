import type { Task } from "@bridgekit/client";
import type { JournalEntry, Outcome } from "../journal/journal.ts";
import { carryOut, mayPass, type CarryOutTools } from "./carry-out.ts";
import { reportOutcome } from "./report-outcome.ts";
import type { TaskRunOptions } from "./task-run-options.ts";

export interface SettleTools extends CarryOutTools {
  /** A task was executed, or the Bridge has just taken its outcome. */
  onOutcome: (task: Task | undefined, outcome: Outcome) => void;
}

interface Unreported {
  entry: Ended;
  isWritten: boolean;
  /** The lease ended before the outcome was known, so another runner may have the task. */
  isLeaseLost: boolean;
  /** Of what was executed by this run, and nobody has heard of. */
  task?: Task | undefined;
}

type Ended = Exclude<JournalEntry, { state: "intent" }>;

// A list may lag behind a report by as much.
const LIST_LAG_MS = 60_000;

/** Intent, outcome, reported: in this order, each on the disk before the next step. */
export class Settler {
  readonly #options: TaskRunOptions;
  readonly #tools: SettleTools;
  /** Outcomes that the Bridge does not know yet. The journal may lack them, as on a full disk: never executed again. */
  readonly #unreported = new Map<string, Unreported>();

  constructor(options: TaskRunOptions, tools: SettleTools) {
    this.#options = options;
    this.#tools = tools;
    for (const entry of options.journal.entries())
      if (entry.state === "outcome") this.#unreported.set(entry.taskId, { entry, isWritten: true, isLeaseLost: false });
  }

  /** Ids of tasks that ended, and whose outcome could not be reported. */
  get unreported(): readonly string[] {
    return [...this.#unreported.keys()];
  }

  /** Whether a handler of the task was called, or its outcome is known. */
  isBegun({ id }: Task): boolean {
    return this.#unreported.has(id) || this.#options.journal.get(id) !== undefined;
  }

  /** Carries a task out, unless that was done before, and reports it. True where another runner may have it at once. */
  async settle(task: Task): Promise<boolean> {
    const known = this.#options.journal.get(task.id);
    if (this.#unreported.has(task.id)) {
      await this.report(task.id);
      return false;
    }
    if (known?.state === "reported") {
      if (!mayPass(known.outcome)) return this.#reportAgain(task, known.outcome);
      // Without a lease nothing proves that the Bridge wants it tried again; its list may lag behind.
      if (!this.#tools.source.hasClaims && this.#isRecent(known.at)) return false;
    }
    const { outcome, begunAt, isFree = false } = await carryOut(task, known, this.#options, this.#tools);
    if (!outcome) return isFree;
    const isLeaseLost = !this.#tools.source.leases.isHeld(task.id);
    const entry = this.#toEntry(task, outcome, begunAt);
    this.#unreported.set(task.id, { entry, isWritten: false, isLeaseLost, task });
    await this.report(task.id);
    return false;
  }

  /** Reports an outcome that the Bridge does not know, after writing it down where that failed before. */
  async report(taskId: string): Promise<void> {
    const { journal } = this.#options;
    const { ids, onOutcome } = this.#tools;
    const unreported = this.#unreported.get(taskId)!;
    const { entry, task } = unreported;
    if (!unreported.isWritten) {
      // Before anything tells that the account is there: the id is its own from now on.
      if (task && isCreatedAsWished(task, entry)) await ids.forgetWish(task.payload.account.id);
      await journal.write({ ...entry, state: "outcome", at: this.#now() });
      unreported.isWritten = true;
      ids.learn(entry);
    }
    if (!unreported.isLeaseLost || (await this.#isOursAgain(taskId))) {
      const report = await reportOutcome(taskId, entry.outcome, this.#options);
      if (task || report.isTaken) onOutcome(task ?? report.task, entry.outcome);
    }
    unreported.task = undefined;
    await journal.write({ ...entry, state: "reported", at: this.#now() });
    this.#unreported.delete(taskId);
    this.#tools.source.leases.forget(taskId);
    if (task?.action === "delete_account" && entry.outcome.status === "completed")
      await ids.forget(ids.resolve(task.payload.account.id));
  }

  /** A list that lags behind may show a task that ended, or a Bridge that was set back to an earlier day. */
  async #reportAgain(task: Task, outcome: Outcome): Promise<boolean> {
    const { isTaken } = await reportOutcome(task.id, outcome, this.#options);
    if (isTaken) this.#tools.onOutcome(task, outcome);
    return false;
  }

  /** Whether a task whose lease had ended is kept for this runner; otherwise another one has it, and reports it. */
  async #isOursAgain(taskId: string): Promise<boolean> {
    const { appId, connection } = this.#options;
    const kept = await this.#tools.source.claim([taskId]);
    if (kept === undefined || kept.length > 0) return true;
    connection.logger.warn(
      { appId, taskId },
      "the lease of a task ended before its handler did; its outcome is kept here",
    );
    return false;
  }

  #isRecent(at: string): boolean {
    const age = Date.parse(this.#now()) - Date.parse(at);
    return age >= 0 && age < LIST_LAG_MS;
  }

  #toEntry(task: Task, outcome: Outcome, begunAt: string | undefined): Ended {
    const { id } = task.payload.account;
    const realId = outcome.result?.account?.id;
    const isRenamed = task.action === "create_account" && realId !== undefined && realId !== id;
    return {
      state: "outcome",
      taskId: task.id,
      at: this.#now(),
      outcome,
      ...(isRenamed && { desiredId: id }),
      ...(begunAt !== undefined && mayPass(outcome) && { begunAt }),
    };
  }

  #now(): string {
    const { now = () => new Date() } = this.#options;
    return now().toISOString();
  }
}

function isCreatedAsWished({ action }: Task, { outcome, desiredId }: Ended): boolean {
  return action === "create_account" && outcome.status === "completed" && desiredId === undefined;
}
