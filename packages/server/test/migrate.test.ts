import { Kysely, PostgresDialect, sql } from "kysely";
import { Client, Pool } from "pg";
import { expect, test } from "vitest";
import { migrate, readMigration } from "../src/database/migrate.ts";
import { migrations } from "../src/database/migrations.ts";
import { openDatabase } from "../src/database/open-database.ts";
import type { Tables } from "../src/database/schema.ts";
import { createDatabase } from "./support/open-bridge.ts";

const fail = (error: Error) => {
  throw error;
};

test("ten processes that start at once on an empty database migrate it once", async () => {
  const { database, drop } = await createDatabase("postgres");
  const opened = await Promise.allSettled(Array.from({ length: 10 }, () => openDatabase(database, fail)));
  try {
    expect(opened.filter(({ status }) => status === "rejected")).toEqual([]);
    const [first] = opened;
    if (first?.status !== "fulfilled") throw new Error("it was opened");
    const done = await first.value.kysely
      .selectFrom("bridge_migrations" as never)
      .selectAll()
      .execute();
    expect(done).toHaveLength(Object.keys(migrations).length);
  } finally {
    for (const result of opened) if (result.status === "fulfilled") await result.value.close();
    await drop();
  }
});

test("a migration in another process is waited for, and leaves no lock behind", async () => {
  const { database, drop } = await createDatabase("postgres");
  if (database.kind !== "postgres") throw new Error("a PostgreSQL was due");
  const [newest, previous] = Object.keys(migrations).toReversed();
  const prepare = (kysely: Parameters<typeof migrate>[0]) => migrate(kysely, { to: previous! });
  await (await openDatabase(database, fail, { prepare })).close();
  const other = new Client({ connectionString: database.url });
  const watcher = new Client({ connectionString: database.url });
  await Promise.all([other.connect(), watcher.connect()]);
  try {
    await other.query("begin");
    await other.query("select id from bridge_migration_lock for update");
    let isOpen = false;
    const opening = openDatabase(database, fail).then((opened) => {
      isOpen = true;
      return opened;
    });
    await expect
      .poll(async () => {
        const { rows } = await watcher.query(
          "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
        );
        return rows.length;
      })
      .toBeGreaterThan(0);
    expect(isOpen).toBe(false);
    await other.query("commit");
    const opened = await opening;
    expect(await readMigration(opened.kysely)).toBe(newest);
    await opened.close();
    // A closed connection releases its locks a moment later.
    const isFree = () =>
      other.query("select id from bridge_migration_lock for update nowait").then(
        () => true,
        () => false,
      );
    await expect.poll(isFree).toBe(true);
  } finally {
    await Promise.all([other.end(), watcher.end()]);
    await drop();
  }
});

/** Reads the catalog for the first time while another process renames one of its tables. */
class RenamedMeanwhile extends PostgresDialect {
  #reads = 0;

  override createIntrospector(database: Kysely<any>) {
    const introspector = super.createIntrospector(database);
    const getTables: typeof introspector.getTables = async (options) => {
      if (++this.#reads === 1) await database.executeQuery(sql`select 'public.renamed'::regclass`.compile(database));
      return introspector.getTables(options);
    };
    return Object.assign(Object.create(introspector) as typeof introspector, { getTables });
  }
}

test("a migration whose connections break in the middle leaves nothing behind, and the next start does it", async () => {
  const { database, drop } = await createDatabase("postgres");
  if (database.kind !== "postgres") throw new Error("a PostgreSQL was due");
  await (await openDatabase(database, fail)).close();
  const known = { ...migrations, "9000_next": ["create table badges (id text)", "select pg_sleep(600)"] };
  const opening = openDatabase(database, () => {}, { prepare: (kysely) => migrate(kysely, { known }) });
  const failed = expect(opening).rejects.toThrow("The tables of the Bridge could not be brought up to date");
  const administrator = new Client({ connectionString: database.url });
  await administrator.connect();
  const others = "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
  await expect
    .poll(async () => (await administrator.query(`select ${others} and query like '%pg_sleep(600)%'`)).rows.length)
    .toBe(1);
  await administrator.query(`select pg_terminate_backend(pid) ${others}`);
  await failed;
  const done = { ...known, "9000_next": ["create table badges (id text)"] };
  await (await openDatabase(database, fail, { prepare: (kysely) => migrate(kysely, { known: done }) })).close();
  await administrator.end();
  await drop();
});

test("a table that another process renames while the catalog is read is no failure", async () => {
  const { database, drop } = await createDatabase("postgres");
  if (database.kind !== "postgres") throw new Error("a PostgreSQL was due");
  const pool = new Pool({ connectionString: database.url });
  const kysely = new Kysely<Tables>({ dialect: new RenamedMeanwhile({ pool }) });
  await migrate(kysely);
  expect(await readMigration(kysely)).toBe(Object.keys(migrations).at(-1));
  await kysely.destroy();
  await drop();
});
