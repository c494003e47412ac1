import { createHash, randomUUID } from "node:crypto";
import { lstat, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Kysely } from "kysely";
import { fromPglite, PgBoss } from "pg-boss";
import { migrate } from "../migrate.ts";
import { migrations } from "../migrations.ts";
import { createEmbeddedDialect, EmbeddedDriver } from "./embedded-driver.ts";
import { Engine } from "./engine.ts";

let dump: Promise<Blob> | undefined;

/**
 * A dump of a PGlite with the empty tables of a Bridge and of its jobs, to start from. It is cached per machine, by
 * whatever makes tables.
 */
export function readEmptyTables(): Promise<Blob> {
  return (dump ??= readDump());
}

async function readDump(): Promise<Blob> {
  const folder = await ownFolder();
  const versions = await Promise.all(["@electric-sql/pglite", "pg-boss"].map(versionOf));
  const tables = createHash("sha256").update(JSON.stringify(migrations)).digest("hex").slice(0, 16);
  const path = folder && join(folder, `pglite-${versions.join("-")}-${tables}.tar`);
  const kept = path === undefined ? undefined : await readFile(path).catch(() => undefined);
  if (kept !== undefined) return new Blob([kept]);
  const made = await makeDump();
  if (path !== undefined) await keep(path, made);
  return made;
}

async function makeDump(): Promise<Blob> {
  await using pglite = await PGlite.create();
  // Two thirds of the files belong to databases that nobody opens.
  await pglite.exec("update pg_database set datistemplate = false");
  for (const name of ["template0", "template1"]) await pglite.exec(`drop database ${name}`);
  const driver = new EmbeddedDriver(new Engine(pglite, () => {}), { isDurable: false });
  await migrate(new Kysely({ dialect: createEmbeddedDialect(driver) }));
  const boss = new PgBoss({ db: fromPglite(pglite), backend: "pglite", schedule: false });
  await boss.start();
  await boss.stop();
  await pglite.exec("checkpoint");
  return pglite.dumpDataDir("none");
}

/** A folder that only this user can write to; undefined if there is none, which costs only time. */
async function ownFolder(): Promise<string | undefined> {
  const user = process.getuid?.();
  const folder = join(tmpdir(), `bridgekit-${user ?? "testing"}`);
  await mkdir(folder, { mode: 0o700 }).catch(() => {});
  const found = await lstat(folder).catch(() => undefined);
  if (!found?.isDirectory() || (user !== undefined && (found.uid !== user || (found.mode & 0o077) !== 0)))
    return undefined;
  return folder;
}

/** Several processes may do this at once: each writes its own file, and the last one to rename it wins. */
async function keep(path: string, dump: Blob): Promise<void> {
  const part = `${path}.${randomUUID()}`;
  await writeFile(part, new Uint8Array(await dump.arrayBuffer()), { mode: 0o600 })
    .then(() => rename(part, path))
    .catch(() => {});
}

async function versionOf(name: string): Promise<string> {
  const entry = createRequire(import.meta.url).resolve(name);
  const manifest = await readFile(join(dirname(entry), "..", "package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
