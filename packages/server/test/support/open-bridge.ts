import { Client } from "pg";
import { inject } from "vitest";
import { type Bridge, type BridgeOptions, createBridge, type DatabaseOptions } from "../../src/index.ts";
import { createTestBridge } from "../../src/testing.ts";
import { createDatabaseAt, createPostgres, type DatabaseKind, type FreshDatabase } from "./database-places.ts";

import { silent } from "./silent.ts";

export { silent } from "./silent.ts";
export { DATABASES, type DatabaseKind } from "./database-places.ts";

/** A new database of the kind, and how to drop it. */
export function createDatabase(kind: DatabaseKind): Promise<FreshDatabase> {
  return createDatabaseAt(inject("databasePlaces"), kind);
}

/** Gives a test access to a PostgreSQL beside the Bridge that uses it. */
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

/**
 * A Bridge on a new database, without a rate limit, because no client calls as fast as a test. A PGlite is in memory:
 * to open it again use `createDatabase`. A PostgreSQL is dropped when the Bridge is closed.
 */
export async function openBridge(
  kind: DatabaseKind = "pglite",
  options: Omit<BridgeOptions, "database"> = {},
): Promise<Bridge & { database: DatabaseOptions }> {
  const settings = { logger: silent, rateLimit: null, ...options };
  if (kind === "pglite") return { ...(await createTestBridge(settings)), database: { kind } };
  const { database, drop } = await createPostgres(inject("databasePlaces"));
  const bridge = await createBridge({ ...settings, database });
  const close = async () => {
    await bridge.close();
    await drop();
  };
  return { ...bridge, database, close, [Symbol.asyncDispose]: close };
}
