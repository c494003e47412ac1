import { type Kysely, sql } from "kysely";
import jobs from "pg-boss/package.json" with { type: "json" };
import type { Tables } from "./schema.ts";

/** The schema of pg-boss. */
export const JOB_SCHEMA = "pgboss";

/**
 * Refuses the tables of a newer job engine, which pg-boss itself would use as if they were its own.
 *
 * @throws Error that names both versions.
 */
export async function checkJobSchema(database: Kysely<Tables>): Promise<void> {
  const { rows: tables } = await sql`
    select from information_schema.tables where table_schema = ${JOB_SCHEMA} and table_name = 'version'
  `.execute(database);
  if (tables.length === 0) return;
  const { rows } = await sql<{ version: number }>`select version from ${sql.table(`${JOB_SCHEMA}.version`)}`.execute(
    database,
  );
  const [found] = rows;
  if (found === undefined || found.version <= jobs.pgboss.schema) return;
  throw new Error(
    `The database was made by a newer Bridge (its jobs are at version ${found.version}; this one knows versions up to ` +
      `${jobs.pgboss.schema}). Use that version or a later one.`,
  );
}
