import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { migrations } from "./migrations.ts";
import type { Tables } from "./schema.ts";

/** Brings the tables up to date; the dialect locks, so several processes may start at once. */
export async function migrate(database: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => toMigrations() },
    migrationTableName: "bridge_migrations",
    migrationLockTableName: "bridge_migration_lock",
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw new Error("The tables of the Bridge could not be brought up to date.", { cause: error });
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
