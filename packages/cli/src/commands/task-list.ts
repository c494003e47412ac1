import {
  type AppTask,
  type AppTaskFilter,
  describeReadBack,
  type Task,
  type TaskStatus,
  type TaskWithHistory,
} from "@bridgekit/client";
import type { CommandIo } from "../command-io.ts";
import { findAppId } from "../apps/find-app-id.ts";
import { printFields, printRows, toMoment, type Column, withApp } from "../output/print-rows.ts";
import { openBridge, type BridgeCommandOptions } from "./open-bridge.ts";

const COLUMNS: readonly Column<Task>[] = [
  { title: "task id", of: ({ id }) => id },
  { title: "action", of: ({ action }) => action },
  { title: "account", of: ({ payload }) => payload.account.id, shrinks: true },
  { title: "status", of: describeStatus },
  { title: "due (UTC)", of: ({ execute_after }) => toMoment(execute_after) },
  { title: "error", of: ({ error }) => error?.code },
];

/** `bridgekit tasks list`: the tasks of an app, in the order they are due. */
export async function listTasks(
  app: string,
  options: BridgeCommandOptions & { status?: TaskStatus; limit?: number },
  io: CommandIo,
): Promise<void> {
  const bridge = await openBridge(options, io);
  const { status } = options;
  const tasks = bridge.listTasks(await findAppId(bridge, app), { pageSize: 100, ...(status && { status }) });
  await printRows(tasks, COLUMNS, options, io);
}

/** `bridgekit tasks find`: the tasks of all apps that a text finds, the latest due first. */
export async function findTasks(
  text: string,
  options: BridgeCommandOptions & { app?: string; state?: NonNullable<AppTaskFilter["state"]>; limit?: number },
  io: CommandIo,
): Promise<void> {
  const bridge = await openBridge(options, io);
  const { app, state } = options;
  const filter = {
    text,
    pageSize: 100,
    ...(app !== undefined && { appId: await findAppId(bridge, app) }),
    ...(state && { state }),
  };
  const columns = withApp(COLUMNS, ({ task }: AppTask) => task);
  await printRows(bridge.findTasks(filter), columns, options, io);
}

/** `bridgekit tasks show`: a task, its outcome and its history. */
export async function showTask(
  app: string,
  taskId: string,
  options: BridgeCommandOptions,
  io: CommandIo,
): Promise<void> {
  const bridge = await openBridge(options, io);
  printTask(await bridge.getTask(await findAppId(bridge, app), taskId), options, io);
}

export function printTask(task: Task | TaskWithHistory, options: BridgeCommandOptions, io: CommandIo): void {
  const { id, action, payload, created_at, execute_after, ended_at, claim, result, error } = task;
  const { account, memberships, changes } = payload;
  const history = "history" in task ? task.history : [];
  const fields = [
    ["task id", id],
    ["action", action],
    ["account", Object.entries(account).map(toPair).join(", ")],
    ["memberships", memberships && JSON.stringify(memberships)],
    ["changes", changes && JSON.stringify(changes)],
    ["status", describeStatus(task)],
    ["held", task.held && `since ${toMoment(task.held.at)}; see \`bridgekit tasks release\``],
    ["created", toMoment(created_at)],
    ["due", toMoment(execute_after)],
    ["ended", toMoment(ended_at)],
    ["in flight at", claim && `${claim.runner}, leased until ${toMoment(claim.lease_expires_at)}`],
    ["result", result && JSON.stringify(result)],
    ["read back", describeReadBack(task)],
    ["error", error && `${error.code}: ${error.message}`],
    ...history.map(
      ({ at, event, key_id, runner }) =>
        [
          toMoment(at) ?? "",
          [event, runner && `by runner ${runner}`, key_id && `with key ${key_id}`].filter(Boolean).join(" "),
        ] as const,
    ),
  ] as const;
  printFields(task, fields, options, io);
}

function describeStatus({ status, claim, held }: Task): string {
  if (held) return `${status}, held`;
  return status === "pending" && claim ? "in flight" : status;
}

function toPair([name, value]: [string, unknown]): string {
  return `${name} ${String(value)}`;
}
