import type { Kysely } from "kysely";
import type { components } from "@bridgekit/client";
import { resourceTypesOfGroups } from "../apps/resource-types.ts";
import type { Tables } from "../database/schema.ts";
import { accountSlug } from "./find-task.ts";
import { readTaskNames, type TaskNames } from "./task-names.ts";
import { type TaskRow, toTask } from "./task-status.ts";

type Schemas = components["schemas"];

/** A task with its app. */
export type AppTaskRow = TaskRow & { app_name: string; clone_group_id: string };

/** Tasks of several apps, as a response has them. */
export async function toAppTasks(
  database: Kysely<Tables>,
  rows: readonly AppTaskRow[],
  now: Date,
): Promise<Schemas["AppTask"][]> {
  const types = await resourceTypesOfGroups(
    database,
    rows.map((row) => row.clone_group_id),
  );
  const tasks = rows.map((row) => ({
    row,
    task: toTask(row, accountSlug(types.get(row.clone_group_id) ?? []), now),
  }));
  const names = await readTaskNames(
    database,
    tasks.map(({ row, task }) => ({ row, slug: task.resource_type, payload: task.payload })),
  );
  return tasks.map(({ row, task }, index) => toAppTask(row, task, names[index]!));
}

function toAppTask({ app_id, app_name }: AppTaskRow, task: Schemas["Task"], names: TaskNames): Schemas["AppTask"] {
  return { app_id, app_name, ...names, task };
}
