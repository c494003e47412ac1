import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/schema.ts";
import { deleteRows } from "../deletion/delete-some.ts";

const EVENTS_PER_STEP = 2_000;
const ORGS_PER_LOOK = 100;
/** Whoever follows a sync has seen by then how far it was. */
const PROGRESS_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** Deletes the events from before `cutoff`; yields how many after each step. */
export async function* deleteEvents(database: Kysely<Tables>, cutoff: Date): AsyncGenerator<number> {
  for await (const orgId of orgIds(database)) {
    let deleted: number;
    do {
      deleted = await database.transaction().execute((transaction) => deleteOldest(transaction, orgId, cutoff));
      yield deleted;
    } while (deleted === EVENTS_PER_STEP);
  }
}

/** Deletes how far syncs were, more than a day ago: no other event comes so often, or is of so little use later. */
export function deleteProgress(database: Kysely<Tables>, now: Date): AsyncGenerator<number> {
  const cutoff = new Date(now.getTime() - PROGRESS_LIFETIME_MS);
  return deleteRows(database, {
    table: "events",
    scope: sql`data ->> 'type' = 'sync.progress' and created_at < ${cutoff}`,
    key: ["created_at", "org_id", "sequence"],
  });
}

async function* orgIds(database: Kysely<Tables>): AsyncGenerator<string> {
  for (let last: string | undefined; ;) {
    const rows = await database
      .selectFrom("orgs")
      .select("id")
      .$if(last !== undefined, (query) => query.where("id", ">", last ?? ""))
      .orderBy("id")
      .limit(ORGS_PER_LOOK)
      .execute();
    for (const { id } of rows) yield id;
    last = rows.at(-1)?.id;
    if (rows.length < ORGS_PER_LOOK) return;
  }
}

/** The oldest are looked at and no more: the first that is kept ends it. */
async function deleteOldest(transaction: Kysely<Tables>, orgId: string, cutoff: Date): Promise<number> {
  const oldest = await transaction
    .selectFrom("events")
    .select(["sequence", "created_at"])
    .where("org_id", "=", orgId)
    .orderBy("sequence")
    .limit(EVENTS_PER_STEP)
    .execute();
  const kept = oldest.findIndex(({ created_at }) => created_at >= cutoff);
  const expired = kept === -1 ? oldest : oldest.slice(0, kept);
  const last = expired.at(-1);
  if (last === undefined) return 0;
  await transaction.deleteFrom("events").where("org_id", "=", orgId).where("sequence", "<=", last.sequence).execute();
  // A reader that knows no later event has missed something.
  await transaction.updateTable("orgs").set({ event_floor: last.sequence }).where("id", "=", orgId).execute();
  return expired.length;
}
