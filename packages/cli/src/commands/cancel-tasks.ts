import type { TaskAction, TaskBatch, TaskCancel } from "@bridgekit/client";
import type { CommandIo } from "../command-io.ts";
import { findAppId } from "../apps/find-app-id.ts";
import { printRows, type Column } from "../output/print-rows.ts";
import { UsageError } from "../usage-error.ts";
import { openBridge, type ChangeOptions } from "./open-bridge.ts";
import { printTask } from "./task-list.ts";

/** By one call. */
const MOST_CANCELLED = 1_000;

interface CancelOptions extends ChangeOptions {
  state?: TaskCancel["state"];
  action?: TaskAction;
  yes?: boolean;
}

const BATCH_COLUMNS: readonly Column<TaskBatch["items"][number]>[] = [
  { title: "task", of: ({ task_id }) => task_id },
  { title: "action", of: ({ action }) => action },
  { title: "account", of: ({ payload }) => payload?.account.id, shrinks: true },
  { title: "note", of: ({ reason, left }) => reason ?? left, shrinks: true },
];

/**
 * `bridgekit tasks cancel`: ends tasks as failed before they are carried out. Those that a filter finds are shown first,
 * and cancelled with `--yes`.
 */
export async function cancelTasks(
  app: string,
  taskIds: readonly string[],
  { state, action, yes = false, ...options }: CancelOptions,
  io: CommandIo,
): Promise<void> {
  const hasFilter = state !== undefined || action !== undefined;
  if (hasFilter === taskIds.length > 0)
    throw new UsageError("Name the tasks to cancel, or choose them by --state or --action.");
  const bridge = await openBridge(options, io);
  const appId = await findAppId(bridge, app);
  const [only] = taskIds;
  if (only !== undefined && taskIds.length === 1) {
    await bridge.cancelTask(appId, only);
    return printTask(await bridge.getTask(appId, only), options, io);
  }
  const which = hasFilter
    ? { limit: MOST_CANCELLED, ...(state !== undefined && { state }), ...(action !== undefined && { action }) }
    : { task_ids: [...taskIds] };
  const { items, matching, preview } = await bridge.cancelTasks(appId, { ...which, preview: hasFilter && !yes });
  await printRows(items, BATCH_COLUMNS, options, io);
  const more = matching.count_is_exact ? "" : " or more";
  if (!options.json && preview && items.length > 0)
    io.print(`\n${matching.count}${more} open tasks; --yes cancels up to ${MOST_CANCELLED} of them.`);
}
