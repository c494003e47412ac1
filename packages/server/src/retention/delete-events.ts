import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/schema.ts";

const EVENTS_PER_STEP = 2_000;

/** Deletes the events from before `cutoff`; yields how many after each step. */
export async function* deleteEvents(database: Kysely<Tables>, cutoff: Date): AsyncGenerator<number> {
  const orgs = await database.selectFrom("orgs").select("id").execute();
  for (const { id } of orgs) {
    let deleted: number;
    do {
      deleted = await deleteSome(database, id, cutoff);
      yield deleted;
    } while (deleted === EVENTS_PER_STEP);
  }
}

// The numbers of an organisation have no gaps, and the oldest come first: only the first few are looked at.
async function deleteSome(database: Kysely<Tables>, orgId: string, cutoff: Date): Promise<number> {
  const first = database
    .selectFrom("events")
    .select((row) => row.fn.min("sequence").as("first"))
    .where("org_id", "=", orgId);
  const { numDeletedRows } = await database
    .deleteFrom("events")
    .where("org_id", "=", orgId)
    .where("sequence", "<", sql<number>`(${first}) + ${EVENTS_PER_STEP}::int`)
    .where("created_at", "<", cutoff)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
