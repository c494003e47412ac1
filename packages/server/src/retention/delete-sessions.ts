import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/schema.ts";
import { deleteParts, ROWS_PER_STEP } from "../deletion/delete-some.ts";
import { rowsOfSession } from "../deletion/session-rows.ts";

const SESSIONS_PER_LOOK = 500;

/**
 * Deletes the sessions that were done with before `cutoff`; yields how many after each step.
 *
 * Oldest first: what a change made of a record is told by the change that came after it. A session goes after its
 * changes, so that nothing is left behind by a process that dies in between.
 */
export async function* deleteSessions(database: Kysely<Tables>, cutoff: Date): AsyncGenerator<number> {
  for (let place: Place | undefined, isMore = true; isMore;) {
    const old = await findOld(database, { cutoff, after: place });
    for (const { id, is_kept: isKept } of old) {
      if (isKept) continue;
      while ((await deleteParts(database, rowsOfSession(id), ROWS_PER_STEP)) === 0) yield 0;
      const { numDeletedRows } = await database.deleteFrom("sync_sessions").where("id", "=", id).executeTakeFirst();
      yield Number(numDeletedRows);
    }
    place = old.at(-1);
    isMore = old.length === SESSIONS_PER_LOOK;
  }
}

/** Where in the order of their age a session is. */
interface Place {
  done_at: Date;
  sequence: number;
}

/**
 * The next sessions by age. Those that are open, due or held are none of them. Kept are the newest session of each app,
 * and those whose changes the index of refs has still to read.
 */
async function findOld(
  database: Kysely<Tables>,
  { cutoff, after }: { cutoff: Date; after: Place | undefined },
): Promise<(Place & { id: string; is_kept: boolean })[]> {
  const { rows } = await sql<Place & { id: string; is_kept: boolean }>`
    select session.id, session.done_at, session.sequence, not (
      (select max(newer.sequence) from sync_sessions newer where newer.app_id = session.app_id) > session.sequence
      and (session.version is null or coalesce(
        (select version from record_ref_progress where app_id = session.app_id) > session.version, false))
    ) as is_kept
    from (
      select id, app_id, version, sequence, coalesce(reconciled_at, ended_at) as done_at from sync_sessions
      where reconciliation in ('done', 'failed', 'dropped') and coalesce(reconciled_at, ended_at) < ${cutoff}
        ${after === undefined ? sql`` : sql`and (coalesce(reconciled_at, ended_at), sequence) > (${after.done_at}, ${after.sequence})`}
      order by coalesce(reconciled_at, ended_at), sequence
      limit ${SESSIONS_PER_LOOK}
    ) session
    order by session.done_at, session.sequence
  `.execute(database);
  return rows;
}
