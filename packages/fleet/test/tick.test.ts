import { randomUUID } from "node:crypto";
import { silentLogger } from "@bridgekit/core/run";
import { sql } from "kysely";
import { PgBoss } from "pg-boss";
import { expect, test } from "vitest";
import { orderTasks, TASK_PRIORITY } from "../src/queues/order-tasks.ts";
import { declareQueues } from "../src/queues/queues.ts";
import { endDeadRuns } from "../src/tick/end-dead-runs.ts";
import { dueStatement, queueDue } from "../src/tick/queue-due.ts";
import { DEFAULT_TIMING } from "../src/timing.ts";
import { openFleet, type FleetDatabase } from "../src/index.ts";
import { addRows } from "./support/add-rows.ts";
import { addApp } from "./support/apps.ts";
import { openTestDatabase } from "./support/open-test-database.ts";

const ACME = "https://bridge.example.com/org/acme";
const SMALL = "https://bridge.example.com/org/small";

test("an organisation with 5,000 due apps delays no other, and a host none of the same organisation", async () => {
  await using database = await openTestDatabase();
  await addRows(database, { org: ACME, count: 5000, dueIn: [-3600, -60] });
  await addRows(database, { org: SMALL, count: 4, dueIn: [-2, -1] });
  const { rows } = await dueStatement("default", 8).execute(database.kysely);
  expect(countByOrg(rows)).toEqual({ [ACME]: 4, [SMALL]: 4 });
  // What waits already counts as its turns: the next places go to whoever comes new.
  await addRows(database, { org: "https://bridge.example.com/org/new", count: 3, dueIn: [-1, -1] });
  const { rows: next } = await dueStatement("default", 3).execute(database.kysely);
  expect(countByOrg(next)).toEqual({ "https://bridge.example.com/org/new": 3 });
});

test("apps of one host take turns with those of another", async () => {
  await using database = await openTestDatabase();
  await addRows(database, { org: ACME, count: 100, dueIn: [-200, -100] });
  await sql`update fleet.apps set upstream_host = 'quiet' where key = 'app100'`.execute(database.kysely);
  const { rows } = await dueStatement("default", 2).execute(database.kysely);
  expect(rows.map(({ id }) => id).toSorted()).toEqual([`${ACME} app1`, `${ACME} app100`]);
});

test("the tick queues as much as the workers take soon, once, and nothing without a worker", async () => {
  await using database = await openTestDatabase();
  await addRows(database, { org: ACME, count: 50, dueIn: [-60, -1] });
  const boss = new PgBoss({ ...database.jobOptions, schedule: false, supervise: false });
  await boss.start();
  await declareQueues(boss, ["default"]);
  const tick = () => queueDue(database.kysely, boss, DEFAULT_TIMING);
  expect(await tick()).toBe(0);
  await addWorker(database, 5);
  expect((await Promise.all([tick(), tick()])).reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(10);
  expect(await tick()).toBe(0);
  const jobs = await boss.fetch<{ app: string }>("sync.default", { batchSize: 100 });
  expect(new Set(jobs.map(({ data }) => data.app)).size).toBe(jobs.length);
  await boss.stop({ graceful: false, close: false });
});

test("an app that is run now goes before those that were queued earlier, once, and so does offboarding", async () => {
  await using database = await openTestDatabase();
  await addRows(database, { org: ACME, count: 3, dueIn: [-60, -1] });
  const boss = new PgBoss({ ...database.jobOptions, schedule: false, supervise: false });
  await boss.start();
  await declareQueues(boss, ["default"]);
  await addWorker(database, 5);
  const take = async (queue: string) => (await boss.fetch<{ app: string }>(queue))[0]?.data.app;
  expect(await queueDue(database.kysely, boss, DEFAULT_TIMING)).toBe(3);
  expect(await openFleet(database).runNow({ keys: ["app3"] })).toEqual(["app3"]);
  await queueDue(database.kysely, boss, DEFAULT_TIMING);
  expect(await take("sync.default")).toBe(`${ACME} app3`);
  const rest = await boss.fetch<{ app: string }>("sync.default", { batchSize: 10 });
  expect(rest).toHaveLength(2);

  const order = (apps: string[], priority: number) =>
    orderTasks(
      boss,
      apps.map((app) => ({ app, zone: "default", priority })),
    );
  await order(["one", "two", "three"], TASK_PRIORITY.usual);
  await order(["three"], TASK_PRIORITY.offboarding);
  await order(["three"], TASK_PRIORITY.usual);
  expect(await take("tasks.default")).toBe("three");
  expect(await boss.fetch("tasks.default", { batchSize: 10 })).toHaveLength(2);
  await boss.stop({ graceful: false, close: false });
});

test("a run that ends while it is declared dead waits for no deadlock", async () => {
  await using database = await openTestDatabase();
  const boss = new PgBoss({ ...database.jobOptions, schedule: false, supervise: false });
  await boss.start();
  await declareQueues(boss, ["default"]);
  const app = await addApp(database);
  const generation = 1;
  await sql`
    insert into fleet.runs (app, kind, generation, worker, job_id, queue, started_at, heartbeat_at)
    values (${app}, 'sync', ${generation}, 'one', ${randomUUID()}, 'sync.default', now(), now() - interval '1 hour')
  `.execute(database.kysely);
  let dying: Promise<void> | undefined;
  await database.kysely.transaction().execute(async (transaction) => {
    await sql`select id from fleet.apps where id = ${app} for update`.execute(transaction);
    dying = endDeadRuns(database.kysely, { boss, logger: silentLogger, deadAfter: 30 });
    const isWaiting = async () => {
      const { rows } = await sql`select 1 from pg_locks where not granted`.execute(database.kysely);
      return rows.length > 0;
    };
    await expect.poll(isWaiting).toBe(true);
    await sql`update fleet.runs set ended_at = now(), ended_how = 'done' where app = ${app}`.execute(transaction);
  });
  await dying;
  const runs = await database.kysely.selectFrom("runs").select("ended_how").execute();
  expect(runs).toEqual([{ ended_how: "done" }]);
  await boss.stop({ graceful: false, close: false });
});

test("a queue that another version declared otherwise is an error at the start", async () => {
  await using database = await openTestDatabase();
  const boss = new PgBoss({ ...database.jobOptions, schedule: false, supervise: false });
  await boss.start();
  await boss.createQueue("sync.default", { policy: "standard" });
  await expect(declareQueues(boss, ["default"])).rejects.toThrow(
    "The queue sync.default of the fleet has policy standard where this version needs exclusive.",
  );
  await boss.deleteQueue("sync.default");
  await declareQueues(boss, ["default"]);
  for (const other of [{ expireInSeconds: 60 }, { deleteAfterSeconds: 60 }, { retryLimit: 2 }]) {
    const before = await boss.getQueue("sync.default");
    await boss.updateQueue("sync.default", other);
    await expect(declareQueues(boss, ["default"])).rejects.toThrow(
      `sync.default of the fleet has ${Object.keys(other)[0]}`,
    );
    await boss.updateQueue(
      "sync.default",
      Object.fromEntries(Object.keys(other).map((key) => [key, before![key as never]])),
    );
  }
  await declareQueues(boss, ["default"]);
  await boss.stop({ graceful: false, close: false });
});

test("of 100,000 apps the tick reads by the index those that are due", async () => {
  await using database = await openTestDatabase();
  await addRows(database, { org: ACME, count: 100_000, dueIn: [-30, 3600], hosts: 50 });
  await sql`analyze fleet.apps`.execute(database.kysely);
  const { rows } = await sql<Record<string, string>>`explain ${dueStatement("default", 32)}`.execute(database.kysely);
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  expect(plan).toContain("apps_due");
  expect(plan).not.toMatch(/Seq Scan on apps/);
});

function countByOrg(rows: readonly { id: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { id } of rows) {
    const org = id.slice(0, id.indexOf(" "));
    counts[org] = (counts[org] ?? 0) + 1;
  }
  return counts;
}

async function addWorker({ kysely }: FleetDatabase, capacity: number): Promise<void> {
  const now = new Date();
  const row = { id: "one", host: "example", pid: 1, capacity, zones: "default", started_at: now, heartbeat_at: now };
  await kysely.insertInto("workers").values(row).execute();
}
