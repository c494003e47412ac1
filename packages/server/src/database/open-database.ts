import type { Kysely } from "kysely";
import type { DatabaseOptions, OpenDatabase } from "./database.ts";
import { openEmbedded } from "./embedded/open-embedded.ts";
import { migrate } from "./migrate.ts";
import { openPostgres } from "./open-postgres.ts";
import type { Tables } from "./schema.ts";

/** Opens the database and brings its tables up to date, or calls `prepare` instead. */
export async function openDatabase(
  options: DatabaseOptions,
  onError: (error: Error) => void,
  { prepare = migrate }: { prepare?: (database: Kysely<Tables>) => Promise<void> } = {},
): Promise<OpenDatabase> {
  switch (options.kind) {
    case "pglite":
      return openEmbedded({ ...options, prepare, onFailure: onError });
    case "postgres":
      return openPostgres({ ...options, prepare, onError });
    default:
      options satisfies never;
      throw new Error("The kind of the database must be pglite or postgres.");
  }
}
