import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { migrations } from "./migrations.ts";
import { takeOver, toReleased } from "./pre-release.ts";
import type { Tables } from "./schema.ts";
import { hasCode } from "./transient-error.ts";

export const MIGRATION_TABLES = ["bridge_migrations", "bridge_migration_lock"] as const;

/** Statements by the name of their migration, in the order in which they are applied. */
type Migrations = Readonly<Record<string, readonly string[]>>;

const UNDEFINED_TABLE = "42P01";
const MOST_LOOKS = 10;

interface MigrateOptions {
  /** The migration of an earlier Bridge to stop at; the newest by default. */
  to?: string;
  /** The migrations of this Bridge by default. */
  known?: Migrations;
}

/**
 * Brings the tables up to date. The dialect locks, so several processes may start at once.
 *
 * @throws Error if a newer Bridge made the tables.
 */
export async function migrate(
  database: Kysely<Tables>,
  { to, known = migrations }: MigrateOptions = {},
): Promise<void> {
  const last = await settle(database, known);
  // Migrations are applied in order: whoever has the newest has all. The migrator would read the catalog first.
  if (to === undefined && last !== undefined && last === Object.keys(known).at(-1)) return;
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => toMigrations(known) },
    migrationTableName: MIGRATION_TABLES[0],
    migrationLockTableName: MIGRATION_TABLES[1],
  });
  const run = () => (to === undefined ? migrator.migrateToLatest() : migrator.migrateTo(to));
  let { error } = await run();
  // Before it waits for another process, the migrator reads the catalog: it fails at a table that is renamed meanwhile.
  for (let looks = 1; hasCode(error, UNDEFINED_TABLE) && looks < MOST_LOOKS; looks++) ({ error } = await run());
  if (error !== undefined)
    throw new Error(`The tables of the Bridge could not be brought up to date: ${describe(error)}`, { cause: error });
}

/**
 * Returns the current name of a migration. `what` begins the error message, for example `The tables were`.
 *
 * @throws Error if the migration is newer than this Bridge, or too old.
 */
export function checkMigration(migration: string, what: string, known = migrations): string {
  const name = toReleased(migration, what);
  if (name in known) return name;
  throw new Error(
    `${what} made by a newer Bridge (its tables are at ${name}; this one knows migrations up to ${Object.keys(known).at(-1)}). ` +
      `Use that version or a later one.`,
  );
}

/**
 * Refuses a database that this Bridge can't upgrade, and converts one from before 1.0. Returns the last migration of
 * the database; undefined if it has no tables.
 */
async function settle(database: Kysely<Tables>, known: Migrations): Promise<string | undefined> {
  const last = await readMigration(database);
  if (last === undefined) return undefined;
  const name = checkMigration(last, "The database was", known);
  if (name !== last) await takeOver(database, MIGRATION_TABLES[0]);
  return name;
}

/** The last migration of the database; undefined if it has no tables of a Bridge. */
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

function toMigrations(known: Migrations): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(known).map(([name, statements]) => [
      name,
      {
        up: async (database: Kysely<unknown>) => {
          for (const statement of statements) await sql.raw(statement).execute(database);
        },
      },
    ]),
  );
}
