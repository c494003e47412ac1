import type { CommandIo } from "../command-io.ts";
import { databaseOf, type DatabaseOptions } from "./open-database.ts";

/** `bridgekit migrate`: brings the tables of a Bridge up to date, and creates them in an empty database. */
export async function migrate(options: DatabaseOptions, io: CommandIo): Promise<void> {
  const { migrateDatabase } = await import("@bridgekit/server");
  const { from, to } = await migrateDatabase(databaseOf(options, io.env));
  if (from === to) io.print(`The tables are up to date (${to}).`);
  else io.print(`The tables are up to date: ${from ?? "none"} → ${to}.`);
}
