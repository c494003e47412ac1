import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/schema.ts";
import { deleteParts, ROWS_PER_STEP } from "../deletion/delete-some.ts";
import { rowsOfSession } from "../deletion/session-rows.ts";

const SESSIONS_PER_LOOK = 500;

/**
 * Deletes the sessions that were done before `cutoff`, and yields the number after each step.
 *
 * Oldest first, because the state after a change is stored with the next change. A session is deleted after its
 * changes, so a process that dies in between leaves nothing behind.
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

/** The position of a session in the order of age. */
interface Place {
  done_at: Date;
  sequence: number;
}

/**
 * The next sessions by age, without open, due and held ones. Also kept are the newest session of each app, and sessions
 * whose changes the index of refs has not read yet.
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
