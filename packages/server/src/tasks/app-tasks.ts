import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { resourceTypesOfGroups } from "../apps/resource-types.ts";
import type { RecordData } from "../database/tables/records.ts";
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
  const slugs = rows.map((row) => accountSlug(types.get(row.clone_group_id) ?? []));
  const names = await readNames(database, rows, slugs);
  return rows.map((row, index) => {
    const name = names.get(row.id);
    return {
      app_id: row.app_id,
      app_name: row.app_name,
      ...(name !== undefined && { account_name: name }),
      task: toTask(row, slugs[index] ?? "account", now),
    };
  });
}

/** What the records of the accounts are called, by task. */
async function readNames(
  database: Kysely<Tables>,
  rows: readonly AppTaskRow[],
  slugs: readonly string[],
): Promise<Map<string, string>> {
  const { rows: found } = await sql<{ task_id: string; data: RecordData }>`
    select task.id as task_id, record.data from unnest(
      ${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ app_id }) => app_id)}::uuid[], ${slugs}::text[],
      ${rows.map(({ account_id, result_account_id }) => result_account_id ?? account_id)}::text[]
    ) task (id, app_id, slug, account_id)
    cross join lateral (
      select data from records
      where records.app_id = task.app_id and records.slug = task.slug and records.id = task.account_id limit 1
    ) record
  `.execute(database);
  return new Map(
    found.flatMap(({ task_id, data }) => {
      const name = nameOf(data);
      return name === undefined ? [] : [[task_id, name]];
    }),
  );
}

function nameOf({ display_name, first_name, last_name, email, username }: RecordData): string | undefined {
  const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
  return [display_name, [first_name, last_name].filter(isText).join(" "), email, username].find(isText);
}
