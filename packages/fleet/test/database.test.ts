import { createDatabase, createSchemaSlowly } from "@bridgekit/test-postgres";
import { Client, Pool } from "pg";
import { PgBoss } from "pg-boss";
import { expect, inject, test } from "vitest";
import { migrate } from "../src/database/migrate.ts";
import { openDatabase, startWorker } from "../src/index.ts";
import { declareQueues } from "../src/queues/queues.ts";
import { addApp } from "./support/apps.ts";
import { lastEnds, openTestFleet } from "./support/open-fleet.ts";
import { openProxy } from "./support/silent-proxy.ts";
import { openTestDatabase } from "./support/open-test-database.ts";

const silent = { onError: () => {} };

test("several workers that start at once make the tables once", async () => {
  const { url, drop } = await createDatabase(inject("postgresUrl"));
  const databases = await Promise.all(Array.from({ length: 4 }, () => openDatabase({ url, ...silent })));
  for (const { kysely } of databases) expect(await kysely.selectFrom("apps").select("id").execute()).toEqual([]);
  await Promise.all(databases.map(({ close }) => close()));
  await drop();
});

test("a worker starts while another one makes the schema of the queues", async () => {
  const { url, drop } = await createDatabase(inject("postgresUrl"));
  const other = await createSchemaSlowly(url, "fleet_jobs");
  const start = async () => {
    const database = await openDatabase({ url, ...silent });
    await (await startWorker({ database, apps: [], orgs: [] })).drain(0);
    await database.close();
  };
  const starting = start();
  await other.commitOnceAwaited();
  await starting;
  await drop();
});

test("a fleet that opens its database again finds what it kept", async () => {
  await using first = await openTestDatabase();
  const worker = { id: "one", host: "example", pid: 1, capacity: 4, zones: "" };
  const now = new Date("2026-01-01T00:00:00Z");
  await first.kysely
    .insertInto("workers")
    .values({ ...worker, started_at: now, heartbeat_at: now })
    .execute();
  const again = await openDatabase({ url: first.url, ...silent });
  expect(await again.kysely.selectFrom("workers").select(["id", "started_at"]).execute()).toEqual([
    { id: "one", started_at: now },
  ]);
  await again.close();
});

test("connections that no longer respond are dropped, and new ones take their place", async () => {
  await using own = await openTestDatabase();
  await using proxy = await openProxy(new URL(own.url));
  const { kysely, close } = await openDatabase({ url: proxy.url, connections: 4, silenceMs: 5000, ...silent });
  const look = () => kysely.selectFrom("apps").select("id").execute();
  await Promise.all(Array.from({ length: 4 }, look));
  proxy.silence();
  // The first finds out.
  await expect(kysely.transaction().execute(look)).rejects.toThrow("Query read timeout");
  expect(await Promise.all(Array.from({ length: 4 }, look))).toEqual([[], [], [], []]);
  await close();
});

test("a fleet refuses the tables of a newer one", async () => {
  const { url, drop } = await createDatabase(inject("postgresUrl"));
  const pool = new Pool({ connectionString: url });
  await migrate(pool);
  await pool.query("insert into fleet.migrations (name, applied_at) values ('0099_later', now())");
  await expect(openDatabase({ url, ...silent })).rejects.toThrow("made by a newer fleet (it is at 0099_later");
  await pool.end();
  await drop();
});

test("a fleet refuses the jobs of a newer one, and names both versions", async () => {
  const { url, drop } = await createDatabase(inject("postgresUrl"));
  const pool = new Pool({ connectionString: url });
  await migrate(pool);
  await pool.query("create table fleet_jobs.version (version int primary key)");
  await pool.query("insert into fleet_jobs.version (version) values (9999)");
  await expect(openDatabase({ url, ...silent })).rejects.toThrow(
    /made by a newer fleet \(its jobs are at version 9999; this one knows versions up to \d+\)/,
  );
  await pool.end();
  await drop();
});

test("a migration that fails leaves nothing behind, and the next start tries it again", async () => {
  const { url, drop } = await createDatabase(inject("postgresUrl"));
  const pool = new Pool({ connectionString: url });
  const broken = { "0001_broken": ["create table fleet.half (id text)", "no statement"] };
  await expect(migrate(pool, broken)).rejects.toThrow("syntax error");
  await migrate(pool, { "0001_broken": ["create table fleet.half (id text)"] });
  await pool.end();
  const client = new Client({ connectionString: url });
  await client.connect();
  expect((await client.query("select * from fleet.half")).rows).toEqual([]);
  await client.end();
  await drop();
});

test("a database that does not respond is named, without its password", async () => {
  const error = await openDatabase({ url: "postgres://bridge:secret@127.0.0.1:1/fleet", onError: () => {} }).catch(
    (thrown: Error) => thrown.message,
  );
  expect(error).toBe("The fleet's database at 127.0.0.1:1/fleet can't be opened: connect ECONNREFUSED 127.0.0.1:1");
});

test("a user who may create no schema needs those of the fleet, and is told so", async () => {
  const { url, drop } = await createDatabase(inject("postgresUrl"));
  const administer = new Client({ connectionString: url });
  await administer.connect();
  const role = `few_rights_${process.pid}`;
  await administer.query(`create role ${role} login password 'example'`);
  const low = Object.assign(new URL(url), { username: role, password: "example" }).href;
  await expect(openDatabase({ url: low, ...silent })).rejects.toThrow(
    /permission denied for database .*Its user needs the right to create schemas/,
  );
  for (const schema of ["fleet", "fleet_jobs"]) await administer.query(`create schema ${schema} authorization ${role}`);
  const database = await openDatabase({ url: low, ...silent });
  const boss = new PgBoss({ ...database.jobOptions, schedule: false, supervise: false });
  await boss.start();
  await declareQueues(boss, ["default"]);
  await boss.stop({ graceful: false, close: false });
  await database.close();
  await administer.query(`drop owned by ${role}`);
  await administer.query(`drop role ${role}`);
  await administer.end();
  await drop();
});

test("a worker that is stopped amid a transaction does not keep its locks", async () => {
  await using database = await openTestDatabase();
  const app = await addApp(database);
  const stopped = await openDatabase({ url: database.url, ...silent });
  const locked = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const held = stopped.kysely.transaction().execute(async (transaction) => {
    await transaction.selectFrom("apps").select("id").where("id", "=", app).forUpdate().execute();
    locked.resolve();
    await goOn.promise;
    await transaction.updateTable("apps").set({ name: "stopped" }).where("id", "=", app).execute();
  });
  await locked.promise;
  await database.kysely.updateTable("apps").set({ name: "other" }).where("id", "=", app).execute();
  goOn.resolve();
  await expect(held).rejects.toThrow();
  expect(await database.kysely.selectFrom("apps").select("name").execute()).toEqual([{ name: "other" }]);
  await stopped.close();
});

test("a worker with a wrong clock plans the next sync by that of the database", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  await fleet.spawnWorker(org, ["app"], { clockAheadMs: 86_400_000 });
  await expect.poll(() => lastEnds(fleet)).toEqual(["done"]);
  const [app] = await Array.fromAsync(fleet.apps());
  expect(app!.nextRunAt!.getTime() - app!.lastSyncAt!.getTime()).toBe(3_600_000);
});
