import { randomUUID } from "node:crypto";
import type { Insertable, Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";

/** Adds an entry to the audit trail; answers its id. */
export async function insertEntry(
  database: Kysely<Tables>,
  entry: Omit<Insertable<Tables["audit_entries"]>, "id">,
): Promise<string> {
  const id = randomUUID();
  await database
    .insertInto("audit_entries")
    .values({ id, ...entry })
    .execute();
  return id;
}
