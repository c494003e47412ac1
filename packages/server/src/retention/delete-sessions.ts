import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/schema.ts";
import { deleteParts, ROWS_PER_STEP } from "../deletion/delete-some.ts";
import { rowsOfSession } from "../deletion/session-rows.ts";

/** More than any number of apps ends in an hour; what is left goes the next time. */
const MOST_SESSIONS = 10_000;

/**
 * Deletes the sessions that were done with before `cutoff`; yields how many after each step.
 *
 * Oldest first: what a change made of a record is told by the change that came after it. A session goes after its
 * changes, so that nothing is left behind by a process that dies in between.
 */
export async function* deleteSessions(database: Kysely<Tables>, cutoff: Date): AsyncGenerator<number> {
  for (const id of await findExpired(database, cutoff)) {
    while ((await deleteParts(database, rowsOfSession(id), ROWS_PER_STEP)) === 0) yield 0;
    const { numDeletedRows } = await database.deleteFrom("sync_sessions").where("id", "=", id).executeTakeFirst();
    yield Number(numDeletedRows);
  }
}

/**
 * Kept are the newest session of each app, those that are open, due or held, and those whose changes the index of refs
 * has still to read.
 */
async function findExpired(database: Kysely<Tables>, cutoff: Date): Promise<string[]> {
  const doneAt = sql<Date>`coalesce(session.folded_at, session.ended_at)`;
  const rows = await database
    .selectFrom("sync_sessions as session")
    .leftJoin("record_ref_progress as progress", "progress.app_id", "session.app_id")
    .select("session.id")
    .where("session.fold", "in", ["done", "failed", "dropped"])
    .where(doneAt, "<", cutoff)
    .where((row) =>
      row.or([row("session.version", "is", null), row("session.version", "<", row.ref("progress.version"))]),
    )
    .where((row) =>
      row.exists(
        row
          .selectFrom("sync_sessions as newer")
          .select("newer.id")
          .whereRef("newer.app_id", "=", "session.app_id")
          .whereRef("newer.sequence", ">", "session.sequence"),
      ),
    )
    .orderBy(doneAt)
    .orderBy("session.sequence")
    .limit(MOST_SESSIONS)
    .execute();
  return rows.map(({ id }) => id);
}
