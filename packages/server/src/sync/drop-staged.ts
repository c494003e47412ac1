import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/schema.ts";

/** Drops the pages of sessions that will not be folded, and what they would have changed. */
export async function dropStaged(transaction: Kysely<Tables>, sessionIds: readonly string[]): Promise<void> {
  if (sessionIds.length === 0) return;
  await transaction.deleteFrom("sync_pages").where("session_id", "in", sessionIds).execute();
  await transaction.deleteFrom("record_changes").where("session_id", "in", sessionIds).execute();
}

const PAGES_AT_ONCE = 500;

/** Drops some of the pages that have been folded; answers false where there are none. */
export async function dropFoldedPages(database: Kysely<Tables>, appId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from sync_pages where (session_id, digest) in (
      select page.session_id, page.digest from sync_pages page
      join sync_sessions session on session.id = page.session_id
      where session.app_id = ${appId} and session.fold = 'done'
      limit ${PAGES_AT_ONCE}
    )
  `.execute(database);
  return (numAffectedRows ?? 0n) > 0n;
}
