import { type Kysely, sql } from "kysely";
import type { Tables } from "../../database/schema.ts";

/** After a reconciliation the live records show what it created. */
export async function forgetCreated(database: Kysely<Tables>, sessionId: string): Promise<void> {
  await database.deleteFrom("created_places").where("session_id", "=", sessionId).execute();
  await database
    .deleteFrom("record_changes")
    .where("session_id", "=", sessionId)
    .where("change", "=", "created")
    .execute();
}

/** Writes down what a held session would create, because no live record shows it. */
export async function writeCreated(database: Kysely<Tables>, sessionId: string): Promise<void> {
  await sql`
    insert into record_changes (session_id, app_id, slug, id, change, position, ordinal)
    select page.session_id, session.app_id, page.slug, page.ids[place.ordinal], 'created', page.position, place.ordinal
    from (select position, unnest(ordinals) as ordinal from created_places where session_id = ${sessionId}) place
    join sync_pages page on page.session_id = ${sessionId} and page.position = place.position
    join sync_sessions session on session.id = page.session_id
    on conflict do nothing
  `.execute(database);
  await database.deleteFrom("created_places").where("session_id", "=", sessionId).execute();
  await database.updateTable("record_changes").set({ version: null }).where("session_id", "=", sessionId).execute();
}
