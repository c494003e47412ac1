import { rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "@bridgekit/test-postgres";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listTables } from "../src/backup/tables.ts";
import type { DatabaseOptions } from "../src/database/database.ts";
import { openDatabase } from "../src/database/open-database.ts";
import { createBridge, restoreBackup, writeBackup } from "../src/index.ts";
import { accounts, createApi } from "./support/api.ts";
import { createDatabase } from "./support/open-bridge.ts";

let folder: string;
beforeAll(async () => {
  folder = await makeFolder("bridge-backup-");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A Bridge with rows in most states: live, removed, held, open, tasks of every kind. */
async function fill(database: DatabaseOptions) {
  await using bridge = await createBridge({ database });
  const api = await createApi(bridge);
  const app = await api.createApp();
  const odd = {
    id: "ü/漢 😀",
    email: "odd@example.com",
    number: 0.1,
    big: 9_007_199_254_740_991,
    nested: { a: [null] },
  };
  const members = accounts(20).map((record) => Object.assign(record, { memberships: { team: [{ id: "t1" }] } }));
  await api.sync(app, [
    ["team", [{ id: "t1", name: "One" }]],
    ["account", [...members, odd]],
  ]);
  await api.sync(app, [["account", [...members.slice(1), odd]]]);
  const held = await api.sync(app, [["account", members.slice(0, 2)]]);
  const open = await api.start(app);
  await api.push(app, open, "account", accounts(3));
  const { body: task } = await api.call("POST", `/apps/${app}/tasks/`, {
    action: "suspend_account",
    payload: { account: { id: "u1" } },
  });
  return { slug: api.slug, key: api.key, app, held, open, task };
}

async function dump(options: DatabaseOptions) {
  const database = await openDatabase(options, () => {});
  const rows: Record<string, unknown> = {};
  for (const table of await listTables(database.kysely)) {
    const found = await sql<{ row: unknown }>`select row_to_json(each) as row from ${sql.table(table)} each`.execute(
      database.kysely,
    );
    rows[table] = found.rows.map(({ row }) => JSON.stringify(row)).sort();
  }
  await database.close();
  return rows;
}

const clock = () => new Date("2026-11-28T08:00:00Z");

test.each([
  ["pglite", "postgres"],
  ["postgres", "pglite"],
] as const)("a backup of %s is restored into %s, row by row, and the Bridge continues", async (from, into) => {
  const source = await createDatabase(from);
  const target =
    into === "pglite" ? { kind: into, dataDir: join(folder, from) } : (await createDatabase(into)).database;
  const { slug, key, app, open, task } = await fill(source.database);
  const lines = await Array.fromAsync(writeBackup(source.database, { now: clock }));
  expect(JSON.parse(lines[0]!)).toMatchObject({
    format: "bridgekit-backup",
    version: 1,
    created_at: "2026-11-28T08:00:00.000Z",
  });
  const counts: number[] = [];
  async function* stream() {
    yield* lines;
  }
  const count = await restoreBackup(target, stream(), { onProgress: (rows) => counts.push(rows) });
  expect(count).toBe(JSON.parse(lines.at(-1)!).rows);
  expect(counts.at(-1)).toBe(count);
  expect(await dump(target)).toEqual(await dump(source.database));

  await using bridge = await createBridge({ database: target });
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await bridge.fetch(
      new Request(`http://bridge.test/org/${slug}/api/v1/bridge${path}`, {
        method,
        headers: { authorization: `Api-Key ${key}`, "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
    return { status: response.status, body: await response.text() };
  };
  expect((await call("GET", `/apps/${app}/tasks/${task.id}/`)).status).toBe(200);
  // The open session accepts pages, and new rows continue the numbers of the restored ones.
  expect(await call("PUT", `/apps/${app}/sync/${open}/account/`, { records: accounts(2, 50) })).toMatchObject({
    status: 200,
  });
  expect((await call("POST", `/apps/${app}/sync/`)).status).toBe(201);
  await source.drop();
});

test("a truncated or damaged backup, or one of a newer Bridge, restores nothing and gives the reason", async () => {
  const { database, drop } = await createDatabase("postgres");
  const restore = (lines: string[], into = database) =>
    restoreBackup(
      into,
      (async function* () {
        yield* lines;
      })(),
    );
  const header = (migration: string) =>
    JSON.stringify({ format: "bridgekit-backup", version: 1, migration, created_at: "" });
  await expect(restore(["hello"])).rejects.toThrow("not a backup of a Bridge");
  await expect(restore([header("9999_later")])).rejects.toThrow(/made by a newer Bridge .*9999_later/);
  const org = `{"id":"${crypto.randomUUID()}","slug":"a","name":"A","event_sequence":0,"event_floor":0,"created_at":"2026-01-01T00:00:00Z"}`;
  const table = '{"table":"orgs"}';
  await expect(restore([header("0001_initial"), table, org])).rejects.toThrow("cut short");
  await expect(restore([header("0001_initial"), table, org, '{"rows":2}'])).rejects.toThrow(
    "it has 1 rows instead of 2",
  );
  expect(await restore([header("0001_initial"), table, org, '{"rows":1}'])).toBe(1);
  await expect(restore([header("0001_initial"), table, org, '{"rows":1}'])).rejects.toThrow(
    'it has the organisation "a"',
  );
  await drop();
});

test.each(["pglite", "postgres"] as const)(
  "jobs of a newer Bridge are refused with both versions, on %s",
  async (kind) => {
    const { database, drop } = await createDatabase(kind);
    await (await createBridge({ database })).close();
    const setVersion = async (change: ReturnType<typeof sql>) => {
      const opened = await openDatabase(database, () => {});
      await sql`update pgboss.version set version = version + ${change}`.execute(opened.kysely);
      await opened.close();
    };
    await setVersion(sql`1`);
    await expect(createBridge({ database })).rejects.toThrow(
      /made by a newer Bridge \(its jobs are at version \d+; this one knows versions up to \d+\)/,
    );
    await setVersion(sql`-1`);
    await (await createBridge({ database })).close();
    await drop();
  },
);

test("a database of a newer Bridge stays untouched, and the error names both versions", async () => {
  const { database, drop } = await createDatabase("postgres");
  const opened = await openDatabase(database, () => {});
  await sql`insert into bridge_migrations (name, timestamp) values ('9999_later', '')`.execute(opened.kysely);
  await opened.close();
  await expect(createBridge({ database })).rejects.toThrow(
    /was made by a newer Bridge \(its tables are at 9999_later; this one knows migrations up to 0\d+_\w+\)/,
  );
  await drop();
});
