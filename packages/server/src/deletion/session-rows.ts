import { sql } from "kysely";
import type { Rows } from "./delete-some.ts";

/** The pages of a session. */
export function pagesOf(sessionId: string): Rows[] {
  return [{ table: "sync_pages", scope: sql`session_id = ${sessionId}`, key: ["digest"] }];
}

/** The rows of a session except its own: its pages, and what it changed or would have changed. */
export function rowsOfSession(sessionId: string): Rows[] {
  const scope = sql<boolean>`session_id = ${sessionId}`;
  return [
    ...pagesOf(sessionId),
    { table: "record_changes", scope, key: ["slug", "id"] },
    { table: "created_places", scope, key: ["position"] },
  ];
}
