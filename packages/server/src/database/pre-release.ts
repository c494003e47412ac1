import { type Kysely, sql } from "kysely";
import type { Tables } from "./schema.ts";

/** The first migration of 1.0. */
const INITIAL = "0001_initial";

/** The migrations of the versions before 1.0, which created the same tables step by step. */
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
 * Returns the current name of a migration; the last one before 1.0 equals the first one of 1.0. `what` begins the error
 * message, for example `The database was`.
 *
 * @throws Error if it is from an earlier version before 1.0.
 */
export function toReleased(name: string, what: string): string {
  if (!PRE_RELEASE.includes(name)) return name;
  if (name === PRE_RELEASE.at(-1)) return INITIAL;
  throw new Error(
    `${what} made by an early version before 1.0 (its tables are at ${name}; this one upgrades from the last ` +
      `of them, ${PRE_RELEASE.at(-1)}). Start the last version before 1.0 on it once, or restore the backup with it; then ` +
      `use this one. Or start with an empty database: the next syncs push the records.`,
  );
}

/**
 * Records that a database with all migrations from before 1.0 is at the first one of 1.0. Several processes may do this
 * at once.
 */
export async function takeOver(database: Kysely<Tables>, table: string): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)} where name = any(${[...PRE_RELEASE]}::text[])
    `.execute(transaction);
    // Another process has done it.
    if (numAffectedRows !== BigInt(PRE_RELEASE.length)) return;
    await sql`
      insert into ${sql.table(table)} (name, timestamp) values (${INITIAL}, ${new Date().toISOString()})
    `.execute(transaction);
  });
}
