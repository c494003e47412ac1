import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { migrations } from "./migrations.ts";
import type { Tables } from "./schema.ts";

export const MIGRATION_TABLES = ["bridge_migrations", "bridge_migration_lock"] as const;

const NAMES = Object.keys(migrations);
/**
 * Brings the tables up to date, or up to a migration of an earlier Bridge where one is named. The dialect locks, so
 * several processes may start at once.
 *
 * @throws Error where a newer Bridge made the tables.
 */
export async function migrate(database: Kysely<Tables>, target?: string): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => toMigrations() },
    migrationTableName: MIGRATION_TABLES[0],
    migrationLockTableName: MIGRATION_TABLES[1],
  });
  await refuseNewer(database);
  const { error } = await (target === undefined ? migrator.migrateToLatest() : migrator.migrateTo(target));
  if (error !== undefined)
    throw new Error(`The tables of the Bridge could not be brought up to date: ${describe(error)}`, { cause: error });
}

/** Throws where the migration is of a newer Bridge; `what` begins the message, such as `The tables were`. */
export function checkMigration(name: string, what: string): void {
  if (NAMES.includes(name)) return;
  throw new Error(
    `${what} made by a newer Bridge (its tables are at ${name}; this one knows them up to ${NAMES.at(-1)}). ` +
      `Use that version or a later one; an older Bridge never works on newer tables.`,
  );
}

async function refuseNewer(database: Kysely<Tables>): Promise<void> {
  const last = await readMigration(database);
  if (last !== undefined) checkMigration(last, "The database was");
}

/** The last migration of the database; undefined where it has no tables of a Bridge. */
export async function readMigration(database: Kysely<Tables>): Promise<string | undefined> {
  const { rows: tables } = await sql`
    select from information_schema.tables
    where table_schema = current_schema() and table_name = ${MIGRATION_TABLES[0]}
  `.execute(database);
  if (tables.length === 0) return undefined;
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.table(MIGRATION_TABLES[0])} order by name desc limit 1
  `.execute(database);
  return rows[0]?.name;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function toMigrations(): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(migrations).map(([name, statements]) => [
      name,
      {
        up: async (database: Kysely<unknown>) => {
          for (const statement of statements) await sql.raw(statement).execute(database);
        },
      },
    ]),
  );
}
