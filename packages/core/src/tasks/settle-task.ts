import type { Task } from "@bridgekit/client";
import type PQueue from "p-queue";
import type { JournalEntry, Outcome } from "../journal/journal.ts";
import type { AccountIds } from "./account-ids.ts";
import { executeTask } from "./execute-task.ts";
import { reportOutcome } from "./report-outcome.ts";
import { retryDelay } from "./retry-delay.ts";
import type { TaskRunOptions } from "./run-tasks.ts";

export interface SettleTools {
  ids: AccountIds;
  /** Executes so many tasks at a time; the others wait for their turn. */
  queue: PQueue;
  /** Aborts when nothing new is to be begun; what waits for its next try is let go. */
  halt: AbortSignal;
  /** Aborts when what is being executed is waited for no longer. */
  cutOff: AbortSignal;
  /** Whether the task is still kept for this runner. */
  isOurs: (task: Task) => boolean;
  /** Waits until the next try of a task; false where nothing is to be tried any more. */
  rest: (seconds: number) => Promise<boolean>;
  /** A task was executed, or the Bridge has just taken its outcome. */
  onOutcome: (task: Task | undefined, outcome: Outcome) => void;
}

interface Untold {
  entry: Ended;
  isWritten: boolean;
  /** Of what was executed by this run, and nobody has heard of. */
  task?: Task | undefined;
}

type Ended = Exclude<JournalEntry, { state: "intent" }>;

/** Intent, outcome, reported: in this order, each on the disk before the next step. */
export class Settler {
  readonly #options: TaskRunOptions;
  readonly #tools: SettleTools;
  /** Outcomes that the Bridge does not know yet. The journal may lack them, as on a full disk: never executed again. */
  readonly #untold = new Map<string, Untold>();

  constructor(options: TaskRunOptions, tools: SettleTools) {
    this.#options = options;
    this.#tools = tools;
    for (const entry of options.journal.entries())
      if (entry.state === "outcome") this.#untold.set(entry.taskId, { entry, isWritten: true });
  }

  /** Ids of tasks that ended, and that the Bridge could not be told about. */
  get untold(): readonly string[] {
    return [...this.#untold.keys()];
  }

  /** Carries a task out, unless that was done before, and reports it. False where it was let go without an outcome. */
  async settle(task: Task): Promise<boolean> {
    const known = this.#options.journal.get(task.id);
    if (known?.state === "reported") {
      // A list that lags behind may show it, or a Bridge that was set back to an earlier day.
      const { isTaken } = await reportOutcome(task.id, known.outcome, this.#options);
      if (isTaken) this.#tools.onOutcome(task, known.outcome);
      return true;
    }
    if (this.#untold.has(task.id)) {
      await this.tell(task.id);
      return true;
    }
    const outcome = await this.#carryOut(task, known?.at);
    if (!outcome) return false;
    this.#untold.set(task.id, { entry: this.#toEntry(task, outcome), isWritten: false, task });
    await this.tell(task.id);
    return true;
  }

  /** Reports an outcome that the Bridge does not know, after writing it down where that failed before. */
  async tell(taskId: string): Promise<void> {
    const { journal } = this.#options;
    const { ids, onOutcome } = this.#tools;
    const untold = this.#untold.get(taskId)!;
    const { entry, task } = untold;
    if (!untold.isWritten) {
      await journal.write({ ...entry, state: "outcome", at: this.#now() });
      untold.isWritten = true;
      ids.learn(entry);
    }
    const report = await reportOutcome(taskId, entry.outcome, this.#options);
    if (task || report.isTaken) onOutcome(task ?? report.task, entry.outcome);
    untold.task = undefined;
    await journal.write({ ...entry, state: "reported", at: this.#now() });
    this.#untold.delete(taskId);
    if (task?.action === "delete_account" && entry.outcome.status === "completed")
      await ids.forget(this.#resolve(task).payload.account.id);
  }

  /** Executes a task until it ends, its failure will not pass, or its budget is used up. */
  async #carryOut(task: Task, begunAt: string | undefined): Promise<Outcome | undefined> {
    const { taskRetry, connection } = this.#options;
    const { queue, halt, rest } = this.#tools;
    const start = performance.now();
    for (let attempt = 1; ; attempt++) {
      const execution = await queue.add(async () => {
        if (halt.aborted || !this.#tools.isOurs(task)) return undefined;
        const interruptedAt = begunAt;
        begunAt ??= await this.#writeIntent(task);
        return this.#execute(task, interruptedAt);
      });
      if (!execution || execution.kind === "cut off") return undefined;
      if (execution.kind === "ended") return execution.outcome;

      const { outcome, retryAfterSeconds } = execution;
      const elapsedSeconds = (performance.now() - start) / 1000;
      const seconds = retryDelay({ attempt, elapsedSeconds, retryAfterSeconds }, taskRetry);
      if (seconds === undefined) return giveUp(outcome, attempt, retryAfterSeconds);
      const fields = { taskId: task.id, action: task.action, attempt, seconds, error: outcome.error?.message };
      connection.logger.warn(fields, "a task failed for now; trying it again");
      if (!(await rest(seconds))) return undefined;
    }
  }

  async #writeIntent({ id }: Task): Promise<string> {
    const at = this.#now();
    await this.#options.journal.write({ state: "intent", taskId: id, at });
    return at;
  }

  #execute(task: Task, begunAt: string | undefined) {
    const { connection, taskTimeoutSeconds = 300, verifyDelaySeconds = 5 } = this.#options;
    return executeTask(connection, this.#resolve(task), {
      interruptedAt: begunAt === undefined ? undefined : new Date(begunAt),
      timeoutSeconds: taskTimeoutSeconds,
      verifyDelaySeconds,
      stop: this.#tools.cutOff,
    });
  }

  /** The task with the id that the system knows. */
  #resolve(task: Task): Task {
    const { account } = task.payload;
    const id = task.action === "create_account" ? account.id : this.#tools.ids.resolve(account.id);
    return id === account.id ? task : { ...task, payload: { ...task.payload, account: { ...account, id } } };
  }

  #toEntry(task: Task, outcome: Outcome): Ended {
    const { id } = task.payload.account;
    const realId = outcome.result?.account?.id;
    const isRenamed = task.action === "create_account" && realId !== undefined && realId !== id;
    return { state: "outcome", taskId: task.id, at: this.#now(), outcome, ...(isRenamed && { desiredId: id }) };
  }

  #now(): string {
    const { now = () => new Date() } = this.#options;
    return now().toISOString();
  }
}

function giveUp({ status, error }: Outcome, attempts: number, retryAfterSeconds: number | undefined): Outcome {
  const asked = retryAfterSeconds ? `, and the system asks to wait ${retryAfterSeconds} seconds` : "";
  const times = attempts === 1 ? "once" : `${attempts} times`;
  const message = `${error?.message ?? ""} (tried ${times}${asked})`;
  return { status, error: { code: error?.code ?? "INTERNAL_ERROR", message: message.slice(0, 8192).toWellFormed() } };
}
