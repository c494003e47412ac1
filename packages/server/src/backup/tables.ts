import { type Kysely, sql } from "kysely";
import { MIGRATION_TABLES } from "../database/migrate.ts";
import type { Tables } from "../database/schema.ts";

/** The tables of the Bridge, by name. Those of its jobs are created by every start. */
export async function listTables(database: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE'
      and not table_name = any(${[...MIGRATION_TABLES]}::text[])
    order by table_name
  `.execute(database);
  return rows.map(({ name }) => name);
}
