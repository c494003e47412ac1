import { isNotOffered, type Task, type TaskFailure } from "@bridgekit/client";
import { callBridge } from "../../call-bridge.ts";
import type { JournalEntry, Outcome } from "../../state/journal.ts";
import type { AccountIds } from "../account-ids.ts";
import type { TaskRunSettings } from "../task-run-options.ts";
import type { TaskSource } from "../task-source.ts";

export interface Begun {
  kind: "begun";
  /** With the id that the system knows. */
  task: Task;
  /** When a handler was first called, by this runner or another. */
  at: string;
  interruptedAt: string | undefined;
}

export type Beginning =
  | Begun
  | { kind: "refused"; outcome: Outcome }
  /** Another runner has the task. */
  | { kind: "lost" };

/**
 * Records that the task begins, first at the Bridge and then in the journal, which has the entry `known`. Throws if one of
 * them fails.
 */
export async function beginTask(
  task: Task,
  known: JournalEntry | undefined,
  settings: TaskRunSettings,
  { accountIds, source }: { accountIds: AccountIds; source: TaskSource },
): Promise<Beginning> {
  const leased = await source.begin(task);
  if (!leased) return { kind: "lost" };
  const interruptedAt = earliest(begunHere(task, known, settings), begunElsewhere(leased, settings));
  const isLive = () => isLiveAccount(task, settings, source.wasClaimed);
  const isCreate = task.action === "create_account";
  if (isCreate && interruptedAt === undefined && (await isLive()))
    return { kind: "refused", outcome: { status: "failed", error: alreadyExists(task) } };
  const withRealId = isCreate ? task : await resolveAccount(task, accountIds, isLive);
  const at = interruptedAt ?? settings.now().toISOString();
  if (known?.state !== "intent") await settings.journal.write({ state: "intent", taskId: task.id, at });
  return { kind: "begun", task: withRealId, at, interruptedAt };
}

/** When this runner may have executed the task. */
function begunHere(
  { action }: Task,
  known: JournalEntry | undefined,
  { connection }: TaskRunSettings,
): string | undefined {
  if (known === undefined || known.state === "intent") return known?.at;
  // A task that the system turned away was not done, so it does not count as an execution of a `once` action.
  const wasTurnedAway = known.outcome.error?.code === "RATE_LIMITED" && connection.connector.once.includes(action);
  return wasTurnedAway ? undefined : (known.begunAt ?? known.at);
}

/** When another runner may have executed the task. What this runner began is in its journal. */
function begunElsewhere({ begun }: Task, { journal }: TaskRunSettings): string | undefined {
  return begun && begun.runner !== journal.runner ? begun.at : undefined;
}

function earliest(...moments: (string | undefined)[]): string | undefined {
  return moments.filter((moment) => moment !== undefined).sort((a, b) => Date.parse(a) - Date.parse(b))[0];
}

/** The task with the id that the system knows. If an account is live under the requested id, the task is about that one. */
async function resolveAccount(task: Task, accountIds: AccountIds, isLive: () => Promise<boolean>): Promise<Task> {
  const { account } = task.payload;
  const id = accountIds.resolve(account.id);
  if (id === account.id) return task;
  if (await isLive()) {
    await accountIds.forgetRequested(account.id);
    return task;
  }
  return { ...task, payload: { ...task.payload, account: { ...account, id } } };
}

/**
 * Whether the Bridge has a live account under exactly the id that the task names. False if the Bridge does not list
 * records. `hasExtensions`: the Bridge is known to extend the guide, so a proxy's error page does not mean that it has no
 * records.
 */
async function isLiveAccount(
  { resource_type: slug, payload: { account } }: Task,
  { bridge, appId, retry, signal }: TaskRunSettings,
  hasExtensions: boolean,
): Promise<boolean> {
  try {
    const options = { ...(signal && { signal }) };
    const record = await callBridge(() => bridge.getRecord(appId, slug, account.id, options), { ...retry, signal });
    // A Bridge that returns live records only leaves the field out.
    return (record.removed_at ?? null) === null;
  } catch (error) {
    if (isNotOffered(error) && (error.isFromBridge || !hasExtensions)) return false;
    throw error;
  }
}

function alreadyExists({ payload: { account } }: Task): TaskFailure {
  return {
    code: "ACCOUNT_ALREADY_EXISTS",
    message:
      `The account ${account.id} exists already; with a second account of that id, later tasks could reach the wrong ` +
      `one. Create a new task with another id; if the account is gone from the system, sync the app first.`,
  };
}
