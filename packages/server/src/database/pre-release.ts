import { type Kysely, sql } from "kysely";
import type { Tables } from "./schema.ts";

/** The first migration of 1.0. */
const INITIAL = "0001_initial";

/** The migrations of the versions before 1.0, which made the same tables step by step. */
export const PRE_RELEASE: readonly string[] = [
  "0001_first",
  "0002_governance",
  "0003_created_records",
  "0004_unknown_refs",
  "0005_begun_tasks",
  "0006_idempotent_answers",
  "0007_audit_details",
  "0008_ref_digests",
  "0009_deletions",
  "0010_erasures",
  "0011_key_rotation",
  "0012_search_terms",
  "0013_capabilities",
  "0014_no_scans",
];

/**
 * The name of a migration today; that of the last one before 1.0 left what the first one makes. `what` begins the message,
 * such as `The database was`.
 *
 * @throws Error where it is of an earlier version before 1.0.
 */
export function toReleased(name: string, what: string): string {
  if (!PRE_RELEASE.includes(name)) return name;
  if (name === PRE_RELEASE.at(-1)) return INITIAL;
  throw new Error(
    `${what} made by an early version before 1.0 (its tables are at ${name}; this one takes over what the last of them ` +
      `left, ${PRE_RELEASE.at(-1)}). Start the last version before 1.0 on it once, or restore the backup with it; then use ` +
      `this one. Or begin with an empty database: the next syncs bring the records.`,
  );
}

/** Says of a database that has all migrations from before 1.0 that it is at the first of 1.0. Several processes may do so at once. */
export async function takeOver(database: Kysely<Tables>, table: string): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)} where name = any(${[...PRE_RELEASE]}::text[])
    `.execute(transaction);
    // Another process was first.
    if (numAffectedRows !== BigInt(PRE_RELEASE.length)) return;
    await sql`
      insert into ${sql.table(table)} (name, timestamp) values (${INITIAL}, ${new Date().toISOString()})
    `.execute(transaction);
  });
}
