import type { DrillOptions, DrillPromise, Fleet, ImportResult, KeptState } from "@bridgekit/fleet";
import type { CommandIo } from "../command-io.ts";
import { UsageError } from "../usage-error.ts";

interface OpenFleetDatabase extends AsyncDisposable {
  fleet: Fleet;
  drill: (options: DrillOptions) => Promise<DrillPromise[]>;
  importState: (state: KeptState) => Promise<ImportResult>;
}

/** The address of the fleet's database, from `FLEET_DATABASE_URL`. */
export function readFleetUrl({ env }: CommandIo): string {
  const url = env["FLEET_DATABASE_URL"];
  if (!url) throw new UsageError("FLEET_DATABASE_URL is missing; set it to the PostgreSQL of the fleet.");
  return url;
}

/** Opens the database of the fleet. */
export async function openFleetDatabase(io: CommandIo): Promise<OpenFleetDatabase> {
  const url = readFleetUrl(io);
  const { importState, openDatabase, openFleet, runDrill } = await import("@bridgekit/fleet");
  const database = await openDatabase({ url, onError: (error) => io.warn(error.message) });
  return {
    fleet: openFleet(database),
    drill: (options) => runDrill(database, options),
    importState: (state) => importState(database, state),
    [Symbol.asyncDispose]: () => database.close(),
  };
}
