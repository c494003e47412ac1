import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/schema.ts";
import { deleteRows } from "../deletion/delete-some.ts";

const EVENTS_PER_STEP = 2_000;
const ORGS_PER_LOOK = 100;
/** By then every listener of a sync has seen its progress. */
const PROGRESS_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** Deletes the events from before `cutoff`, and yields the number after each step. */
export async function* deleteEvents(database: Kysely<Tables>, cutoff: Date): AsyncGenerator<number> {
  for await (const orgId of orgIds(database)) {
    let deleted: number;
    do {
      deleted = await database.transaction().execute((transaction) => deleteOldest(transaction, orgId, cutoff));
      yield deleted;
    } while (deleted === EVENTS_PER_STEP);
  }
}

/** Deletes progress events that are more than a day old: no other event is as frequent, or as useless later. */
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

/** Reads only the oldest events: the first one that is kept ends it. */
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
  // A client that knows no later event has missed something.
  await transaction.updateTable("orgs").set({ event_floor: last.sequence }).where("id", "=", orgId).execute();
  return expired.length;
}
