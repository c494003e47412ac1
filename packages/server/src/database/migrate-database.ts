import type { DatabaseOptions } from "./database.ts";
import { migrate, readMigration } from "./migrate.ts";
import { openDatabase } from "./open-database.ts";

/** The newest migration that the database has. */
export interface MigratedDatabase {
  /** Before; undefined if the database was empty. */
  from: string | undefined;
  /** Now. */
  to: string | undefined;
}

/**
 * Brings the tables of a database up to date, as the start of a Bridge does, and serves nothing. Bridges of the version
 * before may run meanwhile: a migration only adds what they ignore.
 *
 * @throws Error if a newer Bridge made the tables.
 */
export async function migrateDatabase(options: DatabaseOptions): Promise<MigratedDatabase> {
  let from: string | undefined;
  // An idle connection that breaks is no loss: the next statement opens another.
  const database = await openDatabase(options, () => {}, {
    async prepare(opened) {
      from = await readMigration(opened);
      await migrate(opened);
    },
  });
  try {
    return { from, to: await readMigration(database.kysely) };
  } finally {
    await database.close();
  }
}
