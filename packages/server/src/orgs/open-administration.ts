import type { DatabaseOptions } from "../database/database.ts";
import { openDatabase } from "../database/open-database.ts";
import { type Administration, createAdministration } from "./administration.ts";

/**
 * Opens a database for its administration alone: nothing is served, folded or cleaned up. On PostgreSQL a Bridge may
 * run meanwhile; a PGlite folder must not be in use.
 *
 * @example
 * await using administration = await openAdministration({ kind: "postgres", url });
 * await administration.createOrg("acme", "Acme Inc.");
 */
export async function openAdministration(options: DatabaseOptions): Promise<Administration & AsyncDisposable> {
  // A connection that breaks while it is idle is no loss: the next call opens another.
  const database = await openDatabase(options, () => {});
  const administration = createAdministration(database.kysely, { now: () => new Date(), forgetKey: () => {} });
  return { ...administration, [Symbol.asyncDispose]: () => database.close() };
}
