import { randomUUID } from "node:crypto";
import { lstat, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { type Bridge, type BridgeOptions, createBridge } from "./create-bridge.ts";

/**
 * A Bridge on a database in memory, for tests. It is open in a fraction of the time that `createBridge` takes: the empty
 * cluster that PGlite otherwise makes each time is made once per machine and version of PGlite.
 *
 * @example
 * await using bridge = await createTestBridge({ rateLimit: null });
 */
export async function createTestBridge(options: Omit<BridgeOptions, "database"> = {}): Promise<Bridge> {
  return createBridge({ ...options, database: { kind: "pglite", loadDataDir: await emptyCluster() } });
}

let cluster: Promise<Blob> | undefined;

/** What a new PGlite looks like before there is anything in it, as a dump. */
export function emptyCluster(): Promise<Blob> {
  return (cluster ??= readCluster());
}

async function readCluster(): Promise<Blob> {
  const folder = await ownFolder();
  const path = folder && join(folder, `pglite-${await pgliteVersion()}.tar`);
  const kept = path === undefined ? undefined : await readFile(path).catch(() => undefined);
  if (kept !== undefined) return new Blob([kept]);
  const made = await makeCluster();
  if (path !== undefined) await keep(path, made);
  return made;
}

async function makeCluster(): Promise<Blob> {
  await using pglite = await PGlite.create();
  return pglite.dumpDataDir("none");
}

/** A folder that nobody else can write to; undefined where there can be none, which costs time and nothing else. */
async function ownFolder(): Promise<string | undefined> {
  const user = process.getuid?.();
  const folder = join(tmpdir(), `bridgekit-${user ?? "testing"}`);
  await mkdir(folder, { mode: 0o700 }).catch(() => {});
  const found = await lstat(folder).catch(() => undefined);
  if (!found?.isDirectory() || (user !== undefined && (found.uid !== user || (found.mode & 0o077) !== 0)))
    return undefined;
  return folder;
}

/** Several processes may do so at once: each writes a file of its own, and the last one to rename it wins. */
async function keep(path: string, dump: Blob): Promise<void> {
  const part = `${path}.${randomUUID()}`;
  await writeFile(part, new Uint8Array(await dump.arrayBuffer()), { mode: 0o600 })
    .then(() => rename(part, path))
    .catch(() => {});
}

async function pgliteVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  const manifest = await readFile(join(dirname(entry), "..", "package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
