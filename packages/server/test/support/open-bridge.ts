import { Client } from "pg";
import { pino } from "pino";
import { inject } from "vitest";
import { type Bridge, type BridgeOptions, createBridge, type DatabaseOptions } from "../../src/index.ts";
import { createDatabaseAt, type DatabaseKind, type FreshDatabase } from "./database-places.ts";

export { DATABASES, type DatabaseKind } from "./database-places.ts";

/** A fresh database of the kind, with how to drop it. */
export function createDatabase(kind: DatabaseKind): Promise<FreshDatabase> {
  return createDatabaseAt(inject("databasePlaces"), kind);
}

/** A server that a test breaks or leaves tells nobody. */
export const silent = pino({ level: "silent" });

/** Lets a test reach into a PostgreSQL past the Bridge that is on it. */
export async function connect(database: DatabaseOptions, use: (client: Client) => Promise<void>): Promise<void> {
  if (database.kind !== "postgres") throw new Error("Only a PostgreSQL takes a second connection.");
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}

/** A Bridge on a fresh database, without a rate limit, because no client calls as fast as a test; disposing it drops the database too. */
export async function openBridge(
  kind: DatabaseKind = "pglite",
  options: Omit<BridgeOptions, "database"> = {},
): Promise<Bridge & { database: DatabaseOptions }> {
  const { database, drop } = await createDatabase(kind);
  const bridge = await createBridge({ logger: silent, rateLimit: null, ...options, database });
  const close = async () => {
    await bridge.close();
    await drop();
  };
  return { ...bridge, database, close, [Symbol.asyncDispose]: close };
}
