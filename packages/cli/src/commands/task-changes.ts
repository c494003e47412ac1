import type { RefChange, RefMap, TaskAction, TaskCreate, TaskPayload } from "@bridgekit/client";
import type { CommandIo } from "../command-io.ts";
import { findAppId } from "../apps/find-app-id.ts";
import { UsageError } from "../usage-error.ts";
import { openBridge, type ChangeOptions } from "./open-bridge.ts";
import { printTask } from "./task-list.ts";

interface CreateOptions extends ChangeOptions {
  /** Each `NAME=VALUE`, such as `email=jane@example.com`. */
  set?: string[];
  /** Each `SLUG:ID`. */
  add?: string[];
  remove?: string[];
  /** ISO 8601. */
  at?: string;
}

const FIELDS = ["email", "username", "first_name", "last_name", "display_name"];

/** `bridgekit tasks create`: creates a task, which a runner carries out. */
export async function createTask(
  app: string,
  action: TaskAction,
  accountId: string,
  options: CreateOptions,
  io: CommandIo,
): Promise<void> {
  const task = toTask(action, accountId, options);
  const bridge = await openBridge(options, io);
  printTask(await bridge.createTask(await findAppId(bridge, app), task), options, io);
}

/** `bridgekit tasks release`: lets runners carry out tasks that the budget of the hour holds. */
export async function releaseTasks(
  app: string,
  taskIds: readonly string[],
  options: ChangeOptions,
  io: CommandIo,
): Promise<void> {
  const bridge = await openBridge(options, io);
  const appId = await findAppId(bridge, app);
  const released = await bridge.releaseTasks(appId, taskIds.length > 0 ? { taskIds: [...taskIds] } : {});
  if (options.json) io.print(JSON.stringify({ released }));
  else
    io.print(released === 0 ? "No such task is held." : `Released ${released} ${released === 1 ? "task" : "tasks"}.`);
}

/** `bridgekit tasks retry`: creates a new task with the action and payload of a failed one. */
export async function retryTask(app: string, taskId: string, options: ChangeOptions, io: CommandIo) {
  const bridge = await openBridge(options, io);
  const appId = await findAppId(bridge, app);
  const { action, payload, status } = await bridge.getTask(appId, taskId);
  // Retrying any other task would carry it out twice.
  if (status !== "failed") throw new UsageError(`Only a failed task can be retried; ${taskId} is ${status}.`);
  const { items } = await bridge.retryTasks(appId, { task_ids: [taskId] });
  const [item] = items;
  if (item?.reason !== undefined) throw new UsageError(item.reason);
  // A cancelled task, or one that was retried already, is no longer among those to retry.
  const task =
    item?.new_task_id === undefined
      ? await bridge.createTask(appId, { action, payload })
      : await bridge.getTask(appId, item.new_task_id);
  printTask(task, options, io);
}

function toTask(action: TaskAction, id: string, { set = [], add = [], remove = [], at }: CreateOptions): TaskCreate {
  const account: TaskPayload["account"] = { id, ...Object.fromEntries(set.map(toField)) };
  const payload: TaskPayload = { account };
  const added = toRefs(add);
  if (action === "create_account") {
    if (remove.length > 0) throw new UsageError("--remove is for update_account: a new account has nothing to remove.");
    if (add.length > 0) payload.memberships = added;
  } else if (add.length > 0 || remove.length > 0) {
    if (action !== "update_account")
      throw new UsageError(`--add and --remove are for create_account and update_account, not for ${action}.`);
    payload.changes = toChanges(added, toRefs(remove));
  }
  return { action, payload, ...(at !== undefined && { execute_after: toTime(at) }) };
}

function toField(text: string): [name: string, value: string] {
  const [, name = "", value = ""] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (!FIELDS.includes(name))
    throw new UsageError(`--set takes NAME=VALUE, where NAME is one of ${FIELDS.join(", ")}; got "${text}".`);
  return [name, value];
}

function toRefs(texts: readonly string[]): RefMap {
  const refs: RefMap = {};
  for (const text of texts) {
    const [, slug, id] = /^([a-z][a-z0-9_-]*):(.+)$/s.exec(text) ?? [];
    if (slug === undefined || id === undefined)
      throw new UsageError(`A ref is SLUG:ID, such as department:12; got "${text}".`);
    (refs[slug] ??= []).push({ id });
  }
  return refs;
}

function toChanges(added: RefMap, removed: RefMap): Record<string, RefChange> {
  const slugs = new Set([...Object.keys(added), ...Object.keys(removed)]);
  return Object.fromEntries(
    [...slugs].map((slug) => [slug, { added: added[slug] ?? [], removed: removed[slug] ?? [] }]),
  );
}

function toTime(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new UsageError(`--at takes a time such as 2026-12-01T08:00Z; got "${text}".`);
  return time.toISOString();
}
