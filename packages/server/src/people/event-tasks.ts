import { type Kysely, sql } from "kysely";
import { toArrayLiteral } from "../database/array-literal.ts";
import type { Tables } from "../database/schema.ts";

const EVENTS_AT_ONCE = 5_000;

/** Removes deleted tasks from events. The events stay: their numbers have no gaps, and they name nobody. */
export async function forgetTaskIds(
  database: Kysely<Tables>,
  orgId: string,
  taskIds: readonly string[],
): Promise<void> {
  if (taskIds.length === 0) return;
  const range = await database
    .selectFrom("events")
    .select((row) => [row.fn.min("sequence").as("first"), row.fn.max("sequence").as("last")])
    .where("org_id", "=", orgId)
    .executeTakeFirst();
  for (let first = range?.first ?? 0; first <= (range?.last ?? -1); first += EVENTS_AT_ONCE)
    await sql`
      update events set data = data - 'task_id'
      where org_id = ${orgId} and sequence >= ${first} and sequence < ${first + EVENTS_AT_ONCE}
        and data ->> 'task_id' = any(${toArrayLiteral(taskIds)}::text[])
    `.execute(database);
}
