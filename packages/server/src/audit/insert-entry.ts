import { randomUUID } from "node:crypto";
import { type Insertable, type Kysely, sql } from "kysely";
import { flushedLater } from "../database/flushed-later.ts";
import type { Tables } from "../database/schema.ts";
import { orgIsGone } from "../orgs/keep-org.ts";

type Entry = Omit<Insertable<Tables["audit_entries"]>, "id" | "refusals">;

/**
 * Adds an entry to the audit trail and returns its id. Throws 404 if the organisation is gone, so that nothing of it is
 * left behind.
 */
export async function insertEntry(
  database: Kysely<Tables>,
  { org_id, at, key_id, key_name, operation, path, app_id, status, request_id, details = null, refused_at }: Entry,
): Promise<string> {
  const id = randomUUID();
  // The entry of a call that is about to run; its change and its outcome are written after it.
  const mark = status === null ? flushedLater() : sql``;
  const { numAffectedRows } = await sql`${mark}
    insert into audit_entries
      (id, org_id, at, key_id, key_name, operation, path, app_id, status, request_id, details, refused_at)
    select ${id}::uuid, org.id, ${at}::timestamptz, ${key_id}::text, ${key_name}::text, ${operation}::text, ${path}::text,
      ${app_id}::uuid, ${status}::int, ${request_id}::text, ${details}::jsonb,
      ${refused_at ?? null}::timestamptz
    from orgs org where org.id = ${org_id} for key share
  `.execute(database);
  if (numAffectedRows !== 1n) throw orgIsGone();
  return id;
}
