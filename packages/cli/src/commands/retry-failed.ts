import type { TaskBatch, TaskErrorCode } from "@bridgekit/client";
import type { CommandIo } from "../command-io.ts";
import { findAppId } from "../apps/find-app-id.ts";
import { printRows, toMoment, type Column } from "../output/print-rows.ts";
import { openBridge, type ChangeOptions } from "./open-bridge.ts";

/** By one call. */
const MOST_RETRIED = 1_000;

interface RetryOptions extends ChangeOptions {
  code?: TaskErrorCode;
  perMinute?: number;
  yes?: boolean;
}

const BATCH_COLUMNS: readonly Column<TaskBatch["items"][number]>[] = [
  { title: "failed task", of: ({ task_id }) => task_id },
  { title: "action", of: ({ action }) => action },
  { title: "account", of: ({ payload }) => payload?.account.id, shrinks: true },
  { title: "new task", of: ({ new_task_id }) => new_task_id },
  { title: "due (UTC)", of: ({ execute_after }) => toMoment(execute_after) },
  { title: "not retried", of: ({ reason }) => reason, shrinks: true },
];

/** `bridgekit tasks retry-failed`: shows the failed tasks of an app, and retries them with `--yes`. */
export async function retryFailed(
  app: string,
  { code, perMinute, yes = false, ...options }: RetryOptions,
  io: CommandIo,
): Promise<void> {
  const bridge = await openBridge(options, io);
  const retry = {
    preview: !yes,
    limit: MOST_RETRIED,
    ...(code !== undefined && { code }),
    ...(perMinute !== undefined && { per_minute: perMinute }),
  };
  const { items, matching } = await bridge.retryTasks(await findAppId(bridge, app), retry);
  await printRows(items, BATCH_COLUMNS, options, io);
  const more = matching.count_is_exact ? "" : " or more";
  if (!options.json && !yes && items.length > 0)
    io.print(`\n${matching.count}${more} failed tasks; --yes retries up to ${MOST_RETRIED} of them.`);
}
