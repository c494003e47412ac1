import type { ImportResult, KeptState } from "@bridgekit/fleet";
import type { CommandIo } from "../command-io.ts";
import { UsageError } from "../usage-error.ts";

interface OpenFleetDatabase extends AsyncDisposable {
  importState: (state: KeptState) => Promise<ImportResult>;
}

/** Opens the database of the fleet, which `FLEET_DATABASE_URL` names. */
export async function openFleetDatabase(io: CommandIo): Promise<OpenFleetDatabase> {
  const url = io.env["FLEET_DATABASE_URL"];
  if (!url) throw new UsageError("FLEET_DATABASE_URL is missing; set it to the PostgreSQL of the fleet.");
  const { importState, openDatabase } = await import("@bridgekit/fleet");
  const database = await openDatabase({ url, onError: (error) => io.warn(error.message) });
  return {
    importState: (state) => importState(database, state),
    [Symbol.asyncDispose]: () => database.close(),
  };
}
