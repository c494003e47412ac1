import type { Kysely } from "kysely";
import type { components } from "@bridgekit/client";
import { resourceTypesOfGroups } from "../apps/resource-types.ts";
import type { Tables } from "../database/schema.ts";
import { accountSlug } from "./find-task.ts";
import { type TaskRow, toTask } from "./task-status.ts";

/** A task with its app. */
export type AppTaskRow = TaskRow & { app_name: string; clone_group_id: string };

/** Tasks of several apps, as a response has them. */
export async function toAppTasks(
  database: Kysely<Tables>,
  rows: readonly AppTaskRow[],
  now: Date,
): Promise<components["schemas"]["AppTask"][]> {
  const types = await resourceTypesOfGroups(
    database,
    rows.map((row) => row.clone_group_id),
  );
  return rows.map((row) => ({
    app_id: row.app_id,
    app_name: row.app_name,
    task: toTask(row, accountSlug(types.get(row.clone_group_id) ?? []), now),
  }));
}
