import type { Task } from "@bridgekit/client";
import type PQueue from "p-queue";
import type { JournalEntry, Outcome } from "../journal/journal.ts";
import type { AccountIds } from "./account-ids.ts";
import { executeTask, type Execution } from "./execute-task.ts";
import { isLiveAccount, toAlreadyLive } from "./live-account.ts";
import { LEASE_RESERVE } from "./leases.ts";
import { retryDelay } from "./retry-delay.ts";
import type { TaskRunOptions } from "./task-run-options.ts";
import type { TaskSource } from "./task-source.ts";

export interface CarryOutTools {
  ids: AccountIds;
  source: TaskSource;
  /** Executes so many tasks at a time; the others wait for their turn. */
  queue: PQueue;
  /** Aborts when nothing new is to be begun; what waits for its next try is let go. */
  halt: AbortSignal;
  /** Aborts when what is being executed is waited for no longer. */
  cutOff: AbortSignal;
  /** Waits until the next try of a task; false where nothing is to be tried any more. */
  rest: (seconds: number) => Promise<boolean>;
}

export interface CarriedOut {
  /** Undefined where the task was let go without one. */
  outcome?: Outcome;
  /** Since when the task may have been done. */
  begunAt?: string | undefined;
  /** No handler of it is at work, and whoever has it next knows that it was begun: the Bridge may hand it out at once. */
  isFree?: boolean;
}

const GRACE_SECONDS = 5;

/** Executes a task until it ends, its failure will not pass, or its budget is used up. `known` is what the journal has. */
export async function carryOut(
  task: Task,
  known: JournalEntry | undefined,
  options: TaskRunOptions,
  tools: CarryOutTools,
): Promise<CarriedOut> {
  const { queue, halt, rest, source } = tools;
  const start = performance.now();
  let begun: Begun | undefined;
  for (let attempt = 1; ; attempt++) {
    const execution = await queue.add(async (): Promise<Execution | undefined> => {
      if (halt.aborted || !source.leases.isHeld(task.id)) return undefined;
      if (begun) return execute({ ...begun, interruptedAt: begun.at }, options, tools);
      const beginning = await begin(task, known, options, tools);
      if (!beginning) return undefined;
      if ("kind" in beginning) return beginning;
      begun = beginning;
      return execute(begun, options, tools);
    });
    if (!execution) return { isFree: begun ? source.keepsBegun : known === undefined };
    if (execution.kind === "cut off") {
      if (!source.leases.isHeld(task.id)) warnOfLease(task, options);
      return { isFree: false };
    }
    if (execution.kind === "ended") return { outcome: execution.outcome, begunAt: begun?.at };

    const { outcome, retryAfterSeconds } = execution;
    const elapsedSeconds = (performance.now() - start) / 1000;
    const seconds = retryDelay({ attempt, elapsedSeconds, retryAfterSeconds }, options.taskRetry);
    if (seconds === undefined) return { outcome: giveUp(outcome, attempt, retryAfterSeconds), begunAt: begun?.at };
    const fields = { taskId: task.id, action: task.action, attempt, seconds, error: outcome.error?.message };
    options.connection.logger.warn(fields, "a task failed for now; trying it again");
    if (!(await rest(seconds))) return { isFree: source.keepsBegun };
  }
}

function warnOfLease({ id, action }: Task, { appId, connection }: TaskRunOptions): void {
  const what = "the lease of a task could not be renewed; its handler was stopped, and whoever has it next is told so";
  connection.logger.warn({ appId, taskId: id, action }, what);
}

/** Whether a failure that was reported may pass: the Bridge may hand the task out again under its own id. */
export function mayPass({ status, error }: Outcome): boolean {
  return status === "failed" && (error?.code === "RATE_LIMITED" || error?.code === "TIMEOUT");
}

/** Since when this runner may have done the task. */
function begunBefore(
  { action }: Task,
  known: JournalEntry | undefined,
  { connection }: TaskRunOptions,
): string | undefined {
  if (known === undefined || known.state === "intent") return known?.at;
  // It was turned away, and `once` is about what may have been done.
  const isTurnedAway = known.outcome.error?.code === "RATE_LIMITED" && connection.connector.once.includes(action);
  return isTurnedAway ? undefined : (known.begunAt ?? known.at);
}

/** Since when another runner may have done it. What this one has begun is in its journal. */
function begunByOther({ begun }: Task, { journal }: TaskRunOptions): string | undefined {
  return begun && begun.runner !== journal.runner ? begun.at : undefined;
}

function earliest(...moments: (string | undefined)[]): string | undefined {
  return moments.filter((moment) => moment !== undefined).sort((a, b) => Date.parse(a) - Date.parse(b))[0];
}

interface Begun {
  /** With the id that the system knows. */
  task: Task;
  /** When a handler was first called, here or elsewhere. */
  at: string;
  interruptedAt: string | undefined;
}

/**
 * What comes before the handler, in this order: the Bridge keeps that the task is begun, and the journal does. Undefined
 * where the task is another runner's, or is not to be begun any more.
 */
async function begin(
  task: Task,
  known: JournalEntry | undefined,
  options: TaskRunOptions,
  { ids, source, halt }: CarryOutTools,
): Promise<Begun | Execution | undefined> {
  try {
    const kept = await source.begin(task);
    if (!kept) return undefined;
    const interruptedAt = earliest(begunBefore(task, known, options), begunByOther(kept, options));
    if (
      task.action === "create_account" &&
      interruptedAt === undefined &&
      (await isLiveAccount(task, options, source.wasClaimed))
    )
      return { kind: "ended", outcome: { status: "failed", error: toAlreadyLive(task) } };
    const real = await withRealId(task, options, { ids, source });
    const at = interruptedAt ?? toNow(options);
    if (known?.state !== "intent") await options.journal.write({ state: "intent", taskId: task.id, at });
    return { task: real, at, interruptedAt };
  } catch (error) {
    if (halt.aborted) return undefined;
    throw error;
  }
}

function execute(
  { task, interruptedAt }: Begun,
  { connection, taskTimeoutSeconds = 300, verifyDelaySeconds = 5, leaseSeconds = 90 }: TaskRunOptions,
  { source, cutOff }: CarryOutTools,
): Promise<Execution> {
  const lease = source.leases.signalOf(task.id);
  return executeTask(connection, task, {
    interruptedAt: interruptedAt === undefined ? undefined : new Date(interruptedAt),
    timeoutSeconds: taskTimeoutSeconds,
    verifyDelaySeconds,
    stop: lease ? AbortSignal.any([cutOff, lease]) : cutOff,
    graceSeconds: Math.min(GRACE_SECONDS, leaseSeconds * LEASE_RESERVE),
  });
}

/** The task with the id that the system knows. An account that is live under the id that was wished for is the one meant. */
async function withRealId(
  task: Task,
  options: TaskRunOptions,
  { ids, source }: Pick<CarryOutTools, "ids" | "source">,
): Promise<Task> {
  const { account } = task.payload;
  if (task.action === "create_account") return task;
  const id = ids.resolve(account.id);
  if (id === account.id) return task;
  if (await isLiveAccount(task, options, source.wasClaimed)) {
    await ids.forgetWish(account.id);
    return task;
  }
  return { ...task, payload: { ...task.payload, account: { ...account, id } } };
}

function toNow({ now = () => new Date() }: TaskRunOptions): string {
  return now().toISOString();
}

function giveUp({ status, error }: Outcome, attempts: number, retryAfterSeconds: number | undefined): Outcome {
  const asked = retryAfterSeconds ? `, and the system asks to wait ${retryAfterSeconds} seconds` : "";
  const times = attempts === 1 ? "once" : `${attempts} times`;
  const message = `${error?.message ?? ""} (tried ${times}${asked})`;
  return { status, error: { code: error?.code ?? "INTERNAL_ERROR", message: message.slice(0, 8192).toWellFormed() } };
}
