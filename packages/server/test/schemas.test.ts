import { existsSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "@bridgekit/test-postgres";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { migrate, readMigration } from "../src/database/migrate.ts";
import { migrations } from "../src/database/migrations.ts";
import { openDatabase } from "../src/database/open-database.ts";
import { PRE_RELEASE } from "../src/database/pre-release.ts";
import { createBridge, type DatabaseOptions, restoreBackup, writeBackup } from "../src/index.ts";
import { createApi } from "./support/api.ts";
import { connect, createDatabase, DATABASES, openBridge, silent } from "./support/open-bridge.ts";
import { createTaskApp } from "./support/tasks.ts";
import { BREAKING, breaksOlder, CONTRACTIONS } from "./schemas/breaking.ts";
import { dumpFile, newest, readDump, schemas } from "./schemas/dumps.ts";
import { fill, NOW, onTables, toKey } from "./schemas/fill.ts";
import { goOn, type Outcome, play } from "./schemas/go-on.ts";

let folder: string;
/** A PGlite without tables, to be copied: creating one takes seconds. */
let blank: string;
beforeAll(async () => {
  folder = await makeFolder("bridge-schemas-");
  blank = join(folder, "blank");
  const pglite = await PGlite.create(blank);
  // Two thirds of the files belong to databases that nobody opens.
  await pglite.exec("update pg_database set datistemplate = false");
  for (const name of ["template0", "template1"]) await pglite.exec(`drop database ${name}`);
  await pglite.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const drops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const drop of drops.splice(0)) await drop();
});

/** What is expected, without the refs of sessions that an earlier version reconciled: it counted none. */
function withoutUncounted(expected: unknown, outcome: unknown): unknown {
  if (typeof expected !== "object" || expected === null || typeof outcome !== "object" || outcome === null)
    return expected;
  if (Array.isArray(expected) && Array.isArray(outcome))
    return expected.map((item, index) => withoutUncounted(item, outcome[index]));
  const known = Object.entries(expected).filter(([name]) => !/^refs_(gained|lost)$/.test(name) || name in outcome);
  return Object.fromEntries(
    known.map(([name, value]) => [name, withoutUncounted(value, (outcome as Record<string, unknown>)[name])]),
  );
}

let count = 0;
/** An empty database of the kind, which is dropped after the test. */
async function createEmpty(kind: (typeof DATABASES)[number]): Promise<DatabaseOptions> {
  if (kind === "pglite") {
    const dataDir = join(folder, String(count++));
    await cp(blank, dataDir, { recursive: true });
    drops.push(() => rm(dataDir, { recursive: true }));
    return { kind, dataDir };
  }
  const { database, drop } = await createDatabase(kind);
  drops.push(drop);
  return database;
}

/** An addition of the next version, which an older process does not know and continues beside. */
const NEXT = {
  ...migrations,
  "9000_next": [
    `create table badges (app_id uuid not null, id text collate "C" not null, color text, primary key (app_id, id))`,
    `alter table records add column badge text`,
    `alter table tasks add column priority integer not null default 0`,
    `update tasks set priority = 1 where outcome is null`,
    `create index tasks_by_priority on tasks (app_id, priority)`,
  ],
};

test.each(schemas)("there is a dump of the schema %s", (schema) => {
  expect(existsSync(dumpFile(schema)), "pnpm --filter @bridgekit/server dump-schema writes it").toBe(true);
});

describe.each(DATABASES)("on %s", (kind) => {
  let expected: Outcome;
  beforeAll(async () => {
    const database = await createEmpty(kind);
    await fill(database);
    expected = await goOn(database);
  });

  test("open work ends as it should if nothing was migrated", () => {
    const newestOf = (name: string) => (expected[name] as { histories: { status: string }[] }).histories[0]?.status;
    const { tasks } = expected["tasks"] as { tasks: { status: string }[] };
    expect({
      due: newestOf("due"),
      open: newestOf("open"),
      failed: newestOf("failed"),
      confirmed: newestOf("held, to be confirmed"),
      discarded: newestOf("held, to be discarded"),
      deleted: "deleted" in expected,
      tasks: tasks.map(({ status }) => status).toSorted(),
    }).toEqual({
      due: "completed",
      open: "completed",
      failed: "completed",
      confirmed: "completed",
      discarded: "abandoned",
      deleted: false,
      tasks: [...Array<string>(6).fill("completed"), ...Array<string>(3).fill("failed")],
    });
  });

  test.each(schemas)(
    "open work from %s continues in the newest schema as if it had never been migrated",
    async (schema) => {
      const database = await createEmpty(kind);
      await restoreBackup(database, readDump(schema));
      const outcome = await goOn(database);
      // What a newer version stores beside it is not in an older dump.
      const shared = Object.fromEntries(Object.entries(expected).filter(([name]) => name in outcome));
      const known = schema === newest ? shared : withoutUncounted(shared, outcome);
      expect(outcome).toEqual(known);
      if (schema === newest) expect(Object.keys(outcome).toSorted()).toEqual(Object.keys(expected).toSorted());
    },
  );
});

test.each(DATABASES)("a backup is restored where a newer Bridge has created its tables, on %s", async (kind) => {
  const database = await createEmpty(kind);
  await restoreBackup(database, readDump("0001_initial"));
  const expected = await Array.fromAsync(writeBackup(database, { now: () => NOW }));
  const migrated = await createEmpty(kind);
  await (await openDatabase(migrated, () => {})).close();
  await restoreBackup(migrated, readDump("0001_initial"));
  expect(await Array.fromAsync(writeBackup(migrated, { now: () => NOW }))).toEqual(expected);
  // With rows nothing is removed.
  await expect(restoreBackup(migrated, readDump("0002_field_words"))).rejects.toThrow("The database is in use");
  expect(await Array.fromAsync(writeBackup(migrated, { now: () => NOW }))).toEqual(expected);
});

test("a process continues open work while a newer one migrates its tables, and none is started anew", async () => {
  const database = await createEmpty("postgres");
  await restoreBackup(database, readDump(newest));
  const keys = await onTables(database, async (kysely) => {
    const rows = await kysely.selectFrom("api_keys").select(["id", "name"]).execute();
    return new Map(rows.map(({ id, name }) => [name, toKey(id)]));
  });
  const never = await createEmpty("postgres");
  await fill(never);

  const options = { database, logger: silent, now: () => NOW, rateLimit: null, retentionDays: null };
  await using older = await createBridge(options);
  const prepare = (kysely: Parameters<typeof migrate>[0]) => migrate(kysely, { known: NEXT });
  await (await openDatabase(database, () => {}, { prepare })).close();
  expect(await play(older, keys)).toEqual(await goOn(never));
  await expect(createBridge(options)).rejects.toThrow(
    `The database was made by a newer Bridge (its tables are at 9000_next; this one knows migrations up to ${newest})`,
  );
});

test("statements that a process prepared continue after a newer one has added columns", async () => {
  await using older = await openBridge("postgres");
  const tasks = await createTaskApp(await createApi(older));
  const work = async () => {
    const { id } = await tasks.create("u1");
    for (const more of [{ limit: 1 }, { task_ids: [id] }, { task_ids: [id], begin: true }])
      expect(await tasks.claimed("r1", more)).toEqual([id]);
    expect((await tasks.report(id)).status).toBe(200);
  };
  await work();
  await connect(older.database, async (client) => {
    const { rows } = await client.query("select tablename as name from pg_tables where schemaname = 'public'");
    for (const { name } of rows) await client.query(`alter table ${name} add column later integer not null default 0`);
  });
  await work();
});

describe("a database from before 1.0", () => {
  const INITIAL = { "0001_initial": migrations["0001_initial"] ?? [] };
  /** Creates the tables as the given early versions left them. */
  const isAt = async (database: DatabaseOptions, names: readonly string[]) => {
    const prepare = async (kysely: Parameters<typeof migrate>[0]) => {
      if ((await readMigration(kysely)) === undefined) await migrate(kysely, { known: INITIAL });
      await sql`delete from bridge_migrations`.execute(kysely);
      for (const name of names)
        await sql`insert into bridge_migrations (name, timestamp) values (${name}, '')`.execute(kysely);
    };
    await (await openDatabase(database, () => {}, { prepare })).close();
  };

  test.each(DATABASES)(
    "is taken over with its rows if the last version before 1.0 has run on it, on %s",
    async (kind) => {
      const database = await createEmpty(kind);
      await restoreBackup(database, readDump("0001_initial"), { known: INITIAL });
      await isAt(database, PRE_RELEASE);
      const [header] = await Array.fromAsync(writeBackup(database));
      expect(JSON.parse(header ?? "")).toMatchObject({ migration: "0001_initial" });
      const outcome = await goOn(database);
      expect(outcome["live"]).toBeDefined();
      const names = await onTables(database, (kysely) => sql`select name from bridge_migrations`.execute(kysely));
      expect(names.rows).toEqual(schemas.map((name) => ({ name })));
    },
  );

  test("is taken over once by several processes that start at the same time", async () => {
    const database = await createEmpty("postgres");
    await isAt(database, PRE_RELEASE);
    const opened = await Promise.all(Array.from({ length: 5 }, () => openDatabase(database, () => {})));
    const { rows } = await sql`select name from bridge_migrations`.execute(opened[0]!.kysely);
    expect(rows).toEqual(schemas.map((name) => ({ name })));
    for (const one of opened) await one.close();
  });

  test("of an earlier version stays untouched, and the error names the way out", async () => {
    const database = await createEmpty("postgres");
    const earlier = PRE_RELEASE.slice(0, -1);
    await isAt(database, earlier);
    const refusal = `(its tables are at ${earlier.at(-1)}; this one upgrades from the last of them, ${PRE_RELEASE.at(-1)}). Start the last version before 1.0 on it once`;
    await expect(createBridge({ database })).rejects.toThrow(refusal);
    await expect(Array.fromAsync(writeBackup(database))).rejects.toThrow(refusal);
    const backup = { format: "bridgekit-backup", version: 1, migration: earlier.at(-1), created_at: "" };
    const lines = (async function* () {
      yield JSON.stringify(backup);
    })();
    await expect(restoreBackup(database, lines)).rejects.toThrow(`The backup was made by an early version before 1.0`);
  });
});

test("no migration removes what the previous version uses, unless no process uses it any more", () => {
  const [, ...later] = Object.entries(migrations);
  const breaking = later.flatMap(([name, statements]) =>
    statements.filter((text) => breaksOlder(text) !== undefined).map((text) => ({ name, text })),
  );
  expect(breaking.filter(({ text }) => !CONTRACTIONS.some(({ statement }) => statement === text))).toEqual([]);
  for (const { statement, unusedSince } of CONTRACTIONS) {
    expect(breaking.map(({ text }) => text)).toContain(statement);
    expect(unusedSince).toMatch(/^\d+\.\d+\.\d+$/);
  }
});

test.each(BREAKING.flatMap(({ name, examples }) => examples.map((example) => ({ name, example }))))(
  "that rule finds: $example",
  ({ name, example }) => expect(breaksOlder(example)).toBe(name),
);

test.each([
  "alter table tasks add column priority integer",
  "alter table tasks add column priority integer not null default 0",
  "create table badges (id uuid primary key, name text not null)",
  "create index tasks_by_priority on tasks (priority)",
  "drop index tasks_open",
  "update tasks set priority = 1 where dropped",
])("that rule allows: %s", (text) => expect(breaksOlder(text)).toBeUndefined());
