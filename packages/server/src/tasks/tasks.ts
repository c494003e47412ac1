import { findApp } from "../apps/find-app.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { Handlers } from "../http/operation.ts";
import { createCancelTask } from "./cancel-task.ts";
import { createClaimTasks } from "./claim-tasks.ts";
import { createCreateTask } from "./create-task.ts";
import { accountSlugOf, findTask } from "./find-task.ts";
import { createListTasks } from "./list-tasks.ts";
import { createReportTask } from "./report-task.ts";
import { readHistory } from "./task-history.ts";
import { readTaskNames } from "./task-names.ts";
import { toTask } from "./task-status.ts";
import { LongPollQueues } from "./long-poll-queues.ts";

type TaskHandlers = Pick<Handlers, "listTasks" | "createTask" | "claimTasks" | "getTask" | "cancelTask" | "reportTask">;

export function createTaskHandlers(context: BridgeContext): TaskHandlers {
  const { database, now } = context;
  const room = new LongPollQueues(context);
  return {
    listTasks: createListTasks(context, room),
    createTask: createCreateTask(context),
    claimTasks: createClaimTasks(context, room),
    cancelTask: createCancelTask(context),
    reportTask: createReportTask(context),

    async getTask({ key, path }) {
      const app = await findApp(database, key, path.app_id);
      const row = await findTask(database, app.id, path.task_id);
      const task = toTask(row, await accountSlugOf(database, app), now());
      const [names] = await readTaskNames(database, [{ row, slug: task.resource_type, payload: task.payload }]);
      return { status: 200, body: { ...task, ...names, history: await readHistory(database, row.id) } };
    },
  };
}
