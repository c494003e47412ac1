import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { createDatabase, makeFolder, startPostgres } from "@bridgekit/test-postgres";
import { PGlite } from "@electric-sql/pglite";
import { readEmptyTables } from "../../src/database/embedded/empty-tables.ts";
import type { DatabaseOptions } from "../../src/index.ts";

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
  const folder = await makeFolder("bridge-test-");
  const [postgres, pgliteTemplate] = await Promise.all([openPostgres(), makeTemplate(folder)]);
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
  const folder = await makeFolder("bridge-test-");
  const dataDir = join(folder, "data");
  await cp(pgliteTemplate, dataDir, { recursive: true });
  const database = { kind: "pglite", dataDir } as const;
  return { database, drop: () => rm(folder, { recursive: true, force: true }) } satisfies FreshDatabase;
}

/** A new, empty database of the PostgreSQL. */
export async function createPostgres({ postgresUrl }: Pick<DatabasePlaces, "postgresUrl">) {
  const { url, drop } = await createDatabase(postgresUrl);
  return { database: { kind: "postgres", url } as const, drop } satisfies FreshDatabase;
}

/** A new database of the kind. */
export function createDatabaseAt(places: DatabasePlaces, kind: DatabaseKind): Promise<FreshDatabase> {
  return kind === "pglite" ? createPglite(places) : createPostgres(places);
}

async function makeTemplate(folder: string): Promise<string> {
  const dataDir = join(folder, "pglite");
  const pglite = await PGlite.create({ dataDir, loadDataDir: await readEmptyTables() });
  await pglite.close();
  return dataDir;
}

async function openPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env["BRIDGE_TEST_DATABASE_URL"];
  return given === undefined ? startPostgres() : { url: given, stop: async () => {} };
}
