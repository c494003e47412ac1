import { type Kysely, sql } from "kysely";
import { IS_SEEN } from "../apps/register-apps.ts";
import type { Tables } from "../database/tables.ts";
import { forgetState } from "../state/keep-app-id.ts";
import { DEFAULT_TIMING } from "../timing.ts";
import { type AppChoice, chosen } from "./app-choice.ts";
import { isAlive } from "../database/is-alive.ts";

/** Deletes apps that no worker has, with what was kept of them; returns their keys. */
export function forgetApps(kysely: Kysely<Tables>, choice: AppChoice): Promise<string[]> {
  return kysely.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ id: string; key: string }>`
      select id, key from fleet.apps where ${chosen(choice)} and not ${IS_SEEN}
        and not exists (select from fleet.runs run where run.app = apps.id and run.ended_at is null)
      order by id for update
    `.execute(transaction);
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    await forgetState(transaction, ids);
    for (const table of ["journals", "runs"] as const)
      await transaction.deleteFrom(table).where("app", "in", ids).execute();
    await transaction.deleteFrom("apps").where("id", "in", ids).execute();
    return rows.map(({ key }) => key).toSorted();
  });
}

/** Deletes a worker that is gone. Its runs, if it had any, are ended by the others. */
export async function forgetWorker(kysely: Kysely<Tables>, id: string): Promise<"forgotten" | "alive" | "unknown"> {
  const { rows } = await sql<{ is_alive: boolean }>`
    select ${isAlive(DEFAULT_TIMING.deadAfter)} as is_alive from fleet.workers where id = ${id}
  `.execute(kysely);
  if (!rows[0]) return "unknown";
  if (rows[0].is_alive) return "alive";
  await kysely.deleteFrom("workers").where("id", "=", id).execute();
  return "forgotten";
}
