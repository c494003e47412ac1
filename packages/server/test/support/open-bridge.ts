import { randomUUID } from "node:crypto";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { pino } from "pino";
import { inject } from "vitest";
import { type Bridge, type BridgeOptions, createBridge, type DatabaseOptions } from "../../src/index.ts";

export const DATABASES = ["pglite", "postgres"] as const;
export type DatabaseKind = (typeof DATABASES)[number];

/** A fresh database of the kind, with how to drop it. */
export async function createDatabase(
  kind: DatabaseKind,
): Promise<{ database: DatabaseOptions; drop: () => Promise<void> }> {
  switch (kind) {
    case "pglite": {
      const folder = await mkdtemp(join(tmpdir(), "bridge-test-"));
      const dataDir = join(folder, "data");
      await cp(inject("pgliteTemplate"), dataDir, { recursive: true });
      return { database: { kind, dataDir }, drop: () => rm(folder, { recursive: true, force: true }) };
    }
    case "postgres": {
      const name = `bridge_${randomUUID().replaceAll("-", "")}`;
      await administer(`create database ${name}`);
      const url = new URL(inject("postgresUrl"));
      url.pathname = `/${name}`;
      return { database: { kind, url: url.href }, drop: () => administer(`drop database ${name} with (force)`) };
    }
  }
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject("postgresUrl") });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
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
