import { pino } from "pino";
import { inject } from "vitest";
import { type Bridge, type BridgeOptions, createBridge, type DatabaseOptions } from "../../src/index.ts";
import { createDatabaseAt, type DatabaseKind, type FreshDatabase } from "./database-places.ts";

export { DATABASES, type DatabaseKind } from "./database-places.ts";

/** A fresh database of the kind, with how to drop it. */
export function createDatabase(kind: DatabaseKind): Promise<FreshDatabase> {
  return createDatabaseAt(inject("databasePlaces"), kind);
}

/** A Bridge on a fresh database; disposing it drops the database too. */
export async function openBridge(
  kind: DatabaseKind = "pglite",
  options: Omit<BridgeOptions, "database"> = {},
): Promise<Bridge & { database: DatabaseOptions }> {
  const { database, drop } = await createDatabase(kind);
  const bridge = await createBridge({ logger: pino({ level: "silent" }), ...options, database });
  const close = async () => {
    await bridge.close();
    await drop();
  };
  return { ...bridge, database, close, [Symbol.asyncDispose]: close };
}
