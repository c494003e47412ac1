import { pino } from "pino";
import type { DatabaseOptions } from "../database/database.ts";
import { DeletionWorker } from "../deletion/deletion-worker.ts";
import type { Bridge } from "../create-bridge.ts";
import { openDatabase } from "../database/open-database.ts";
import { openLog } from "../log.ts";
import { type Administration, createAdministration } from "./administration.ts";

/**
 * Opens a database for administration only: nothing is served, reconciled or cleaned up, except for what `whenDeleted`
 * deletes. On PostgreSQL a Bridge may run meanwhile; a PGlite folder must not be in use. The audit trail keeps the reason
 * with whatever is done.
 *
 * @example
 * await using administration = await openAdministration({ kind: "postgres", url });
 * await administration.createOrg("acme", "Acme Inc.");
 */
export async function openAdministration(
  options: DatabaseOptions,
  { reason }: { reason?: string | undefined } = {},
): Promise<Administration & Pick<Bridge, "whenDeleted"> & AsyncDisposable> {
  // An idle connection that breaks is no loss: the next call opens another.
  const database = await openDatabase(options, () => {});
  const forget = { forgetKey: () => {}, onOrgDeleted: () => {} };
  const administration = createAdministration(database, { now: () => new Date(), reason, ...forget });
  return {
    ...administration,
    async whenDeleted() {
      const deletions = new DeletionWorker(database.kysely, pino({ level: "error" }, openLog(2)));
      await deletions.whenDone().finally(() => deletions.close());
    },
    [Symbol.asyncDispose]: () => database.close(),
  };
}
