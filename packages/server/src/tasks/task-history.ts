import { type Kysely, type RawBuilder, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { Tables } from "../database/schema.ts";

type Entry = components["schemas"]["TaskHistoryEntry"];

export interface HistoryStep {
  event: Entry["event"];
  at: Date;
  keyId: string;
  runner?: string;
}

/** Adds a step to the history of tasks whose rows the transaction has written. */
export async function writeHistory(
  transaction: Kysely<Tables>,
  taskIds: readonly string[],
  step: HistoryStep,
): Promise<void> {
  await insertHistory(sql`unnest(${taskIds}::uuid[]) task (id)`, step).execute(transaction);
}

/** The statement that adds a step to the history of each task that `tasks` names `task.id`. */
export function insertHistory(
  tasks: RawBuilder<unknown>,
  { event, at, keyId, runner }: HistoryStep,
): RawBuilder<unknown> {
  return sql`
    insert into task_history (task_id, position, at, event, key_id, runner)
    select task.id, coalesce(max(entry.position), 0) + 1, ${at}::timestamptz, ${event}::text, ${keyId}::text,
      ${runner ?? null}::text
    from ${tasks} left join task_history entry on entry.task_id = task.id
    group by task.id
  `;
}

export async function readHistory(database: Kysely<Tables>, taskId: string): Promise<Entry[]> {
  const rows = await database
    .selectFrom("task_history")
    .selectAll()
    .where("task_id", "=", taskId)
    .orderBy("position")
    .execute();
  return rows.map(({ at, event, key_id, runner }) => {
    const entry: Entry = { at: at.toISOString(), event, key_id };
    if (runner !== null) entry.runner = runner;
    return entry;
  });
}
