import type { Kysely } from "kysely";
import type { App } from "../apps/find-app.ts";
import { type ResourceType, resourceTypesOf } from "../apps/resource-types.ts";
import type { Tables } from "../database/schema.ts";
import { NotFoundError } from "../http/http-error.ts";
import type { TaskRow } from "./task-status.ts";

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

/** The `resource_type` of a task: the account type, the first by slug if a group has several. */
export function accountSlug(types: readonly ResourceType[]): string {
  return types.find(({ type }) => type === "account")?.slug ?? "account";
}

/** The same, from the types of an app. */
export async function accountSlugOf(database: Kysely<Tables>, app: App): Promise<string> {
  return accountSlug(await resourceTypesOf(database, app.clone_group_id));
}
