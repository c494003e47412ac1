import type { DatabaseOptions, OpenDatabase } from "./database.ts";
import { openEmbedded } from "./embedded/open-embedded.ts";
import { openPostgres } from "./open-postgres.ts";

/** Opens the database and brings its tables up to date. */
export async function openDatabase(options: DatabaseOptions, onError: (error: Error) => void): Promise<OpenDatabase> {
  switch (options.kind) {
    case "pglite":
      return openEmbedded({ ...options, onFailure: onError });
    case "postgres":
      return openPostgres({ ...options, onError });
    default:
      options satisfies never;
      throw new Error("The kind of the database must be pglite or postgres.");
  }
}
