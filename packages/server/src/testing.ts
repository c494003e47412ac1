import { createHash, randomUUID } from "node:crypto";
import { lstat, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createClient, type BridgeClient } from "@bridgekit/client";
import { PGlite } from "@electric-sql/pglite";
import { Kysely } from "kysely";
import { type Bridge, type BridgeOptions, createBridge } from "./create-bridge.ts";
import { createEmbeddedDialect, EmbeddedDriver } from "./database/embedded/embedded-driver.ts";
import { Engine } from "./database/embedded/engine.ts";
import { migrate } from "./database/migrate.ts";
import { migrations } from "./database/migrations.ts";

export interface TestBridge extends Bridge {
  /** Creates an organisation with an admin key; it is named by a number by default. */
  openOrg: (options?: TestOrgOptions) => Promise<TestOrg>;
}

export interface TestOrgOptions {
  name?: string;
  /** The origin of `url`, if clients outside this process use it. */
  origin?: string;
}

/** An organisation for a test, and how to reach it. */
export interface TestOrg {
  /** Base URL as a config has it: `http://bridge.example.com/org/org1`. */
  url: string;
  /** An admin key. */
  apiKey: string;
  /** A replacement for `globalThis.fetch` that calls the Bridge in this process, whatever the host of the URL. */
  fetch: typeof globalThis.fetch;
  /** A client that calls the Bridge in this process. */
  client: BridgeClient;
  /** Creates a client with another `fetch`, for example one that loses responses. */
  connect: (fetch: typeof globalThis.fetch) => BridgeClient;
}

/**
 * A Bridge on a database in memory, for tests. It opens much faster than by `createBridge`: a dump of the
 * empty tables is cached per machine, by the version of PGlite and the migrations.
 *
 * @example
 * await using bridge = await createTestBridge({ rateLimit: null });
 * const { client } = await bridge.openOrg();
 */
export async function createTestBridge(options: Omit<BridgeOptions, "database"> = {}): Promise<TestBridge> {
  const bridge = await createBridge({
    ...options,
    database: { kind: "pglite", loadDataDir: await (dump ??= readDump()) },
  });
  let count = 0;
  return { ...bridge, openOrg: (given) => openOrg(bridge, { name: `org${++count}`, ...given }) };
}

async function openOrg(
  bridge: Bridge,
  { name, origin = "http://bridge.example.com" }: TestOrgOptions & { name: string },
): Promise<TestOrg> {
  await bridge.createOrg(name);
  const { key: apiKey } = await bridge.createKey({ org: name, name: "test", role: "admin" });
  const url = `${origin}/org/${name}`;
  const fetch: typeof globalThis.fetch = async (input, init) => bridge.fetch(new Request(input, init));
  const connect = (way: typeof globalThis.fetch) => createClient({ baseUrl: url, apiKey, fetch: way });
  return { url, apiKey, fetch, client: connect(fetch), connect };
}

let dump: Promise<Blob> | undefined;

async function readDump(): Promise<Blob> {
  const folder = await ownFolder();
  const tables = createHash("sha256").update(JSON.stringify(migrations)).digest("hex").slice(0, 16);
  const path = folder && join(folder, `pglite-${await pgliteVersion()}-${tables}.tar`);
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

async function pgliteVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  const manifest = await readFile(join(dirname(entry), "..", "package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
