import { spawnSync } from "node:child_process";
import * as nodeFs from "node:fs";
import { chmod, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeFolder } from "@bridgekit/test-postgres";
import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EMBEDDED_POSTGRES } from "../src/database/embedded/data-folder.ts";
import { openEmbedded } from "../src/database/embedded/open-embedded.ts";
import { flushedLater } from "../src/database/flushed-later.ts";
import { prepared } from "../src/database/prepared.ts";
import { createBridge } from "../src/index.ts";
import { accounts, createApi } from "./support/api.ts";
import { createDatabase } from "./support/open-bridge.ts";

let folder: string;
beforeAll(async () => {
  folder = await makeFolder("bridge-embedded-");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function* filesBelow(path: string): AsyncGenerator<string> {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    yield join(path, entry.name);
    if (entry.isDirectory()) yield* filesBelow(join(path, entry.name));
  }
}

async function openToOthers(path: string): Promise<string[]> {
  const open: string[] = [];
  for (const each of [path, ...(await Array.fromAsync(filesBelow(path)))])
    if (((await stat(each)).mode & 0o077) !== 0) open.push(each);
  return open;
}

test("nobody sees a commit before it is on the disk, and simultaneous writers share a flush", async () => {
  const { database: options, drop } = await createDatabase("pglite");
  const log: string[] = [];
  const disk = {
    ...nodeFs,
    fsyncSync(descriptor: number) {
      nodeFs.fsyncSync(descriptor);
      log.push("flush");
    },
  };
  const database = await openEmbedded({ ...options, disk });
  const insert = async (name: string) => {
    await sql`insert into orgs (id, slug, name, created_at) values (gen_random_uuid(), ${name}, ${name}, now())`.execute(
      database.kysely,
    );
    log.push(name);
  };
  const count = async () => {
    await sql`select count(*) from orgs`.execute(database.kysely);
    log.push("read");
  };
  await count();
  log.length = 0;

  await insert("one");
  expect(log).toEqual(["flush", "one"]);

  log.length = 0;
  await count();
  expect(log).toEqual(["read"]);

  log.length = 0;
  await Promise.all([insert("a"), insert("b"), insert("c"), count()]);
  expect(log).toEqual(["flush", "a", "b", "c", "read"]);

  // All of them were flushed, so a reader has nothing to wait for.
  log.length = 0;
  await count();
  expect(log).toEqual(["read"]);

  // Nobody sees it before the next one, whose flush covers both.
  log.length = 0;
  await sql`${flushedLater()} update orgs set name = 'later'`.execute(database.kysely);
  await count();
  await insert("next");
  expect(log).toEqual(["read", "flush", "next"]);

  log.length = 0;
  await database.kysely.transaction().execute(async (transaction) => {
    await sql`update orgs set name = 'x'`.execute(transaction);
    log.push("in the transaction");
  });
  log.push("committed");
  expect(log).toEqual(["in the transaction", "flush", "committed"]);
  await database.close();
  await drop();
});

// What the system saw: the bytes sent by the socket, and the flushes before them.
test.runIf(spawnSync("strace", ["--version"]).status === 0)("no response precedes its flush, by strace", async () => {
  const { database, drop } = await createDatabase("pglite");
  const trace = join(folder, "trace.txt");
  const script = `import { createBridge, serve } from ${JSON.stringify(new URL("../src/index.ts", import.meta.url).href)};
    import { request } from "node:http";
    const bridge = await createBridge({ database: ${JSON.stringify(database)} });
    await bridge.createOrg("main");
    const { key } = await bridge.createKey({ org: "main", name: "k", role: "admin" });
    const server = await serve(bridge, { port: 0 });
    for (let round = 0; round < 20; round++) {
      const response = await fetch(server.url + "/org/main/api/v1/bridge/apps/", { method: "POST",
        headers: { authorization: "Api-Key " + key, "content-type": "application/json", "x-round": "round-" + round },
        body: JSON.stringify({ name: "round-" + round }) });
      if (response.status !== 201) throw new Error(String(response.status));
      await response.text();
    }
    process.exit(0);`;
  const { status, stderr } = spawnSync(
    "strace",
    `-f -qq -s 4096 -e trace=fsync,write,writev -o ${trace} ${process.execPath} --input-type=module-typescript -e`
      .split(" ")
      .concat(script),
    { encoding: "utf8", timeout: 300_000 },
  );
  expect(stderr).toBe("");
  expect(status).toBe(0);
  const events: string[] = [];
  for (const line of nodeFs.readFileSync(trace, "utf8").split("\n")) {
    if (/fsync\(\d+\)\s+= 0|fsync resumed>.*= 0/.test(line)) events.push("flush");
    const response = /HTTP\/1\.1 201 Created.*?\\"name\\":\\"(round-\d+)\\"/.exec(line);
    if (response) events.push(response[1]!);
  }
  const responses = events.filter((event) => event !== "flush");
  expect(new Set(responses).size).toBe(20);
  for (const [index, event] of events.entries()) if (event !== "flush") expect(events[index - 1]).toBe("flush");
  await drop();
});

test("only the owner can read a folder, a new one and one that was open to others", async () => {
  const dataDir = join(folder, "private");
  {
    await using bridge = await createBridge({ database: { kind: "pglite", dataDir } });
    await bridge.createOrg("main");
  }
  expect(await openToOthers(dataDir)).toEqual([]);
  await chmod(dataDir, 0o755);
  await chmod(join(dataDir, "base"), 0o755);
  await chmod(join(dataDir, "PG_VERSION"), 0o666);
  {
    await using bridge = await createBridge({ database: { kind: "pglite", dataDir } });
    expect(await bridge.listOrgs()).toMatchObject([{ slug: "main" }]);
    expect(await openToOthers(dataDir)).toEqual([]);
  }
});

test("the planner has statistics of a first sync as soon as it is reconciled", async () => {
  const { database, drop } = await createDatabase("pglite");
  {
    await using bridge = await createBridge({ database });
    const api = await createApi(bridge);
    await api.sync(await api.createApp(), [["account", accounts(100)]]);
  }
  const opened = await openEmbedded("dataDir" in database ? database : {});
  const { rows } = await sql`select reltuples from pg_class where relname = 'records'`.execute(opened.kysely);
  expect(rows).toEqual([{ reltuples: 100 }]);
  await opened.close();
  await drop();
});

test("a folder of another PostgreSQL stays untouched, and the error names both versions and the way out", async () => {
  const dataDir = join(folder, "old");
  await mkdir(dataDir);
  await writeFile(join(dataDir, "PG_VERSION"), "16\n");
  await expect(createBridge({ database: { kind: "pglite", dataDir } })).rejects.toThrow(
    /was made by PostgreSQL 16; this Bridge contains PostgreSQL 18, .*bridgekit backup FILE.*bridgekit restore FILE/,
  );
  // The folder is free again.
  await expect(createBridge({ database: { kind: "pglite", dataDir } })).rejects.toThrow("PostgreSQL 16");
});

test("the version that is compared is that of the embedded PostgreSQL", async () => {
  const database = await openEmbedded({});
  const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(
    database.kysely,
  );
  expect(rows[0]?.version).toMatch(new RegExp(`^${EMBEDDED_POSTGRES}\\b`));
  await database.close();
});

test("a second Bridge on a folder in use is refused, and the first one continues", async () => {
  const { database, drop } = await createDatabase("pglite");
  {
    await using bridge = await createBridge({ database });
    await expect(createBridge({ database })).rejects.toThrow(
      "Stop that process, or give this one a folder of its own.",
    );
    await bridge.createOrg("main");
  }
  {
    await using again = await createBridge({ database });
    expect(await again.listOrgs()).toMatchObject([{ slug: "main" }]);
  }
  await drop();
});

test("a new folder is locked against other processes too", async () => {
  const dataDir = join(folder, "kept");
  await using bridge = await createBridge({ database: { kind: "pglite", dataDir } });
  const module = new URL("../src/database/embedded/data-folder.ts", import.meta.url).href;
  const script = `await (await import(${JSON.stringify(module)})).openDataFolder(${JSON.stringify(dataDir)});`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  expect(stderr).toContain(`is in use by another Bridge (process ${process.pid} on host`);
  expect(status).toBe(1);
  await bridge.createOrg("main");
});

const smallDisk = join(tmpdir(), `bridge-small-${process.pid}`);
const canMount = process.getuid?.() === 0 && process.platform === "linux";

test.runIf(canMount)(
  "a full disk ends the Bridge with the reason, and loses nothing that was acknowledged",
  async () => {
    const { database, drop } = await createDatabase("pglite");
    await mkdir(smallDisk);
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=140m", "tmpfs", smallDisk]);
    expect(mounted.status).toBe(0);
    try {
      const dataDir = join(smallDisk, "data");
      nodeFs.cpSync("dataDir" in database ? database.dataDir! : "", dataDir, { recursive: true });
      let acknowledged = 0;
      let where: { key: string; org: string; app: string; sync: string };
      {
        const logger = pino({ level: "silent" });
        await using bridge = await createBridge({ database: { kind: "pglite", dataDir }, rateLimit: null, logger });
        const api = await createApi(bridge);
        const app = await api.createApp();
        const sync = await api.start(app);
        where = { key: api.key, org: api.slug, app, sync };
        let failure: Error | undefined;
        void bridge.failed.then((error) => (failure = error));
        for (let page = 0; failure === undefined; page++) {
          const records = accounts(100, page * 100).map((record) => Object.assign(record, { note: "x".repeat(8000) }));
          const { status } = await api.push(app, sync, "account", records);
          if (status === 200) acknowledged++;
          expect(page).toBeLessThan(1000);
        }
        expect(failure.message).toMatch(/^The embedded database failed \(.*No space.*Make room on the disk/);
        expect((await bridge.fetch(new Request("http://bridge.test/healthz"))).status).toBe(200);
        const ready = await bridge.fetch(new Request("http://bridge.test/readyz"));
        expect(ready.status).toBe(503);
        expect(await ready.json()).toEqual({ status: "not ready", reason: failure.message });
        expect((await api.call("GET", "/apps/")).status).toBe(503);
      }
      spawnSync("mount", ["-o", "remount,size=400m", smallDisk]);
      await using again = await createBridge({ database: { kind: "pglite", dataDir } });
      const response = await again.fetch(
        new Request(`http://bridge.test/org/${where.org}/api/v1/bridge/apps/${where.app}/sync/${where.sync}/`, {
          headers: { authorization: `Api-Key ${where.key}` },
        }),
      );
      const { progress } = (await response.json()) as { progress: { slug: string; synced_count: number }[] };
      expect(progress.find(({ slug }) => slug === "account")?.synced_count).toBeGreaterThanOrEqual(acknowledged * 100);
    } finally {
      // The failed database has its files open.
      spawnSync("umount", ["--lazy", smallDisk]);
      await rm(smallDisk, { recursive: true, force: true });
      await drop();
    }
  },
);

test.runIf(canMount)("a disk that is too small for a new database is the reason that is given", async () => {
  await mkdir(smallDisk);
  expect(spawnSync("mount", ["-t", "tmpfs", "-o", "size=16m", "tmpfs", smallDisk]).status).toBe(0);
  try {
    const dataDir = join(smallDisk, "data");
    await expect(openEmbedded({ dataDir })).rejects.toThrow(
      `The embedded database in ${dataDir} could not be opened: no space left on the disk. Make room on the disk`,
    );
    spawnSync("mount", ["-o", "remount,size=400m", smallDisk]);
    await (await openEmbedded({ dataDir })).close();
  } finally {
    spawnSync("umount", ["--lazy", smallDisk]);
    await rm(smallDisk, { recursive: true, force: true });
  }
});

test("a marked statement is planned once, also after it failed", async () => {
  const database = await openEmbedded({});
  const divide = (by: number | null) =>
    sql<{ result: number | null }>`${prepared("divide")}select 12 / ${by}::int as result`.execute(database.kysely);
  const results: unknown[] = [];
  for (const by of [3, null]) results.push((await divide(by)).rows);
  await expect(divide(0)).rejects.toMatchObject({ code: "22012" });
  await expect(
    database.kysely.transaction().execute(async (transaction) => {
      await sql`${prepared("divide")}select 12 / ${0}::int as result`.execute(transaction);
    }),
  ).rejects.toMatchObject({ code: "22012" });
  results.push((await divide(4)).rows);
  expect(results).toEqual([[{ result: 4 }], [{ result: null }], [{ result: 3 }]]);

  // The division by zero fails while it is planned, which is no use.
  const { rows } = await sql`
    select name, (generic_plans + custom_plans)::int as uses from pg_prepared_statements where name = 'divide'
  `.execute(database.kysely);
  expect(rows).toEqual([{ name: "divide", uses: 3 }]);
  await database.close();
});

test("a statement that could not be prepared is prepared at its next use", async () => {
  const database = await openEmbedded({});
  const read = () => sql`${prepared("read-late")}select 1 as one from late`.execute(database.kysely);
  await expect(read()).rejects.toMatchObject({ code: "42P01" });
  await sql`create table late as select 1`.execute(database.kysely);
  expect((await read()).rows).toEqual([{ one: 1 }]);
  await database.close();
});
