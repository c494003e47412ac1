import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { type App, findApp } from "../apps/find-app.ts";
import { resourceTypesOf } from "../apps/resource-types.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import { NotFoundError } from "../http/http-error.ts";
import type { Handlers } from "../http/operation.ts";
import { toPageLinks } from "../http/page-links.ts";
import { problem } from "../http/http-error.ts";
import { findBrokenSlug } from "./check-payload.ts";
import { hasStatus, type TaskRow, toTask } from "./task-status.ts";

type TaskHandlers = Pick<Handlers, "listTasks" | "createTask" | "getTask">;

export function createTaskHandlers({ database, now }: BridgeContext): TaskHandlers {
  return {
    async listTasks({ key, path, query: { status, limit = 50, offset = 0 }, url }) {
      const app = await findApp(database, key, path.app_id);
      const time = now();
      const matching = database
        .selectFrom("tasks")
        .where("app_id", "=", app.id)
        .$if(status !== undefined, (query) => query.where((row) => hasStatus(row, status ?? "pending", time)));
      const rows = await matching
        .selectAll()
        .orderBy("execute_after")
        .orderBy("sequence")
        .limit(limit)
        .offset(offset)
        .execute();
      const { count } = await matching.select(sql<number>`count(*)::int`.as("count")).executeTakeFirstOrThrow();
      const resourceType = await accountSlug(database, app);
      const tasks = rows.map((row) => toTask(row, resourceType, time));
      return { status: 200, body: { tasks, count, ...toPageLinks(url, { limit, offset, count }) } };
    },

    async createTask({ key, path, body: { action, payload, execute_after } }) {
      const app = await findApp(database, key, path.app_id);
      const broken = findBrokenSlug(payload, await resourceTypesOf(database, app.clone_group_id));
      if (broken !== undefined) return problem(422, broken);
      const time = now();
      const row = await database
        .insertInto("tasks")
        .values({
          id: randomUUID(),
          app_id: app.id,
          action,
          payload: JSON.stringify(payload),
          account_id: payload.account.id,
          execute_after: execute_after === undefined ? time : new Date(execute_after),
          created_at: time,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return { status: 201, body: toTask(row, await accountSlug(database, app), time) };
    },

    async getTask({ key, path }) {
      const app = await findApp(database, key, path.app_id);
      const row = await findTask(database, app.id, path.task_id);
      return { status: 200, body: { ...toTask(row, await accountSlug(database, app), now()), history: [] } };
    },
  };
}

export async function findTask(database: Kysely<Tables>, appId: string, taskId: string): Promise<TaskRow> {
  const row = await database
    .selectFrom("tasks")
    .selectAll()
    .where("id", "=", taskId)
    .where("app_id", "=", appId)
    .executeTakeFirst();
  if (row === undefined) throw new NotFoundError(`No task of this app has the id ${taskId}.`);
  return row;
}

/** The `resource_type` of a task: the account type, the first by slug where a group has several. */
export async function accountSlug(database: Kysely<Tables>, app: App): Promise<string> {
  const types = await resourceTypesOf(database, app.clone_group_id);
  return types.find(({ type }) => type === "account")?.slug ?? "account";
}
