import { randomUUID } from "node:crypto";
import { silentLogger } from "@bridgekit/core/run";
import { sql } from "kysely";
import { expect, test, vi } from "vitest";
import { openFleet, type FleetDatabase } from "../src/index.ts";
import { endDeadRuns } from "../src/tick/end-dead-runs.ts";
import { runTick } from "../src/tick/run-tick.ts";
import { dueStatement } from "../src/tick/queue-due.ts";
import { beginRun } from "../src/worker/begin-run.ts";
import type { TakenJob, WorkerContext } from "../src/worker/context.ts";
import { endRun, type RunResult } from "../src/worker/end-run.ts";
import type { LiveRun } from "../src/worker/live-run.ts";
import { openContext } from "../src/worker/open-context.ts";
import { handBack } from "../src/worker/run-job.ts";
import { addRows } from "./support/add-rows.ts";
import { openTestFleet } from "./support/open-fleet.ts";
import { openTestDatabase } from "./support/open-test-database.ts";

const ACME = "https://bridge.example.com/org/acme";
const SMALL = "https://bridge.example.com/org/small";

test("a thousand apps that are run now take turns with those that are only due", async () => {
  await using database = await openTestDatabase();
  await addRows(database, { org: ACME, count: 1000, dueIn: [600, 3600] });
  await addRows(database, { org: SMALL, count: 10, dueIn: [-600, -60] });
  expect(await openFleet(database).runNow({ org: ACME })).toHaveLength(1000);
  expect(await chooseOrgs(database, 4)).toEqual([ACME, ACME, SMALL, SMALL]);
  // Also if there is one place at a time.
  const single = [await chooseOrgs(database, 1), await chooseOrgs(database, 1)];
  expect(single).toEqual([[ACME], [SMALL]]);
});

test("one app that is run now goes before all that are only due, whatever its organisation has queued", async () => {
  await using database = await openTestDatabase();
  await addRows(database, { org: ACME, count: 50, dueIn: [-600, -60] });
  await addRows(database, { org: SMALL, count: 50, dueIn: [-600, -60] });
  expect(await chooseOrgs(database, 20)).toHaveLength(20);
  await openFleet(database).runNow({ org: ACME, keys: ["app50"] });
  expect(await choose(database, 1)).toEqual([`${ACME} app50`]);
});

test("a worker takes a job that is only due although those that are run now keep coming", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const urgent = Array.from({ length: 6 }, (_, index) => `now${index}`);
  const keys = [...urgent, "due"];
  const apps = keys.map((key) => fleet.toApp({ org, key }));
  const other = await fleet.startWorker(apps, { zones: ["office"] });
  await using context = await openTestContext(fleet.database);
  await context.boss.insert(
    "sync.default",
    keys.map((key) => ({
      data: { app: `${org.url} ${key}`, reason: "test" },
      singletonKey: `${org.url} ${key}`,
      priority: key === "due" ? 0 : 10,
    })),
  );
  await fleet.startWorker(apps, { capacity: 1 });
  await expect.poll(() => keys.map((key) => fleet.standIn.of(key).reads.length)).toEqual(keys.map(() => 1));
  await other.drain(0);
  const first = (key: string) => fleet.standIn.of(key).reads[0]!;
  const order = keys.toSorted((one, another) => first(one) - first(another));
  expect(order.indexOf("due")).toBe(1);
});

const interruptions: Record<string, (context: WorkerContext, app: string) => Promise<void>> = {
  async "lost its worker"(context, app) {
    await begin(context, app);
    await endDeadRuns(context.database.kysely, { ...context, deadAfter: 0 });
  },
  async "was stopped with its worker"(context, app) {
    const stopped: RunResult = { how: "stopped", note: "", next: (now) => now };
    await endRun(context, await begin(context, app), stopped);
  },
  "was taken by a worker that stops": (context, app) =>
    handBack(context, { kind: "sync", job: toJob(app), refusal: "stopping" }),
  "was taken by a worker without the app": (context, app) =>
    handBack(context, { kind: "sync", job: toJob(app), refusal: "unknown" }),
};

test.each(Object.keys(interruptions))(
  "a sync that %s keeps its place before those that are due later",
  async (name) => {
    await using database = await openTestDatabase();
    await addRows(database, { org: ACME, count: 10, dueIn: [-600, -60] });
    await using context = await openTestContext(database);
    const [first] = await choose(database, 1);
    expect(first).toBe(`${ACME} app1`);
    await interruptions[name]!(context, first!);
    await passPause(database);
    expect(await choose(database, 1)).toEqual([first]);
  },
);

test("the next sync of an app that was interrupted has its place by when it is due", async () => {
  await using database = await openTestDatabase();
  await addRows(database, { org: ACME, count: 2, dueIn: [-600, -60] });
  await using context = await openTestContext(database);
  const [first] = await choose(database, 1);
  await handBack(context, { kind: "sync", job: toJob(first!), refusal: "unknown" });
  await passPause(database);
  await endRun(context, await begin(context, first!), { how: "done", note: "", next: (now) => now });
  expect(await choose(database, 1)).toEqual([`${ACME} app2`]);
});

test("a sync that failed is tried again soon and then later, and one that waits for a person is not", async () => {
  await using database = await openTestDatabase();
  await addRows(database, { org: ACME, count: 1, dueIn: [-60, -60] });
  await using context = await openTestContext(database);
  const app = `${ACME} app1`;
  const end = async (how: "done" | "failed", isTriedAgain: boolean) => {
    const next = (now: Date) => new Date(now.getTime() + 86_400_000);
    await endRun(context, await begin(context, app), { how, note: "", next, isTriedAgain });
    const { rows } = await sql<{ seconds: number }>`
      select extract(epoch from next_run_at - now())::float8 as seconds from fleet.apps where id = ${app}
    `.execute(database.kysely);
    return [30, 120, 480, 86_400].find((most) => rows[0]!.seconds <= most);
  };
  expect(await end("failed", true)).toBe(30);
  expect(await end("failed", true)).toBe(120);
  expect(await end("failed", false)).toBe(86_400);
  expect(await end("done", false)).toBe(86_400);
  expect(await end("failed", true)).toBe(30);
});

test("a job that was queued before its app moved to another zone is not carried out in the old one", async () => {
  await using database = await openTestDatabase();
  await addRows(database, { org: ACME, count: 1, dueIn: [-60, -60] });
  await using context = await openTestContext(database);
  const app = `${ACME} app1`;
  await sql`update fleet.apps set zone = 'office'`.execute(database.kysely);
  const tasks = { ...toJob(app), name: "tasks.default" };
  expect(await beginRun(context, "sync", toJob(app))).toBe("moved");
  expect(await beginRun(context, "tasks", tasks)).toBe("moved");
  expect(await beginRun(context, "sync", { ...toJob(app), name: "sync.office" })).toMatchObject({ app });
});

test("an app whose syncs crash their worker is parked although its tasks end well in between", async () => {
  await using database = await openTestDatabase();
  await addRows(database, { org: ACME, count: 1, dueIn: [-60, -60] });
  await using context = await openTestContext(database);
  const app = `${ACME} app1`;
  const status = async () => (await Array.fromAsync(openFleet(database).apps()))[0]!;
  for (let tries = 1; tries <= 3; tries++) {
    expect(await status()).toMatchObject({ state: "due", tries: tries - 1 });
    await begin(context, app);
    await endDeadRuns(context.database.kysely, { ...context, deadAfter: 0 });
    if (tries === 3) break;
    const tasks = await beginRun(context, "tasks", { ...toJob(app), name: "tasks.default" });
    await endRun(context, tasks as LiveRun, { how: "done", note: "", next: (now) => now });
  }
  expect(await status()).toMatchObject({ state: "parked", tries: 3, lastSyncEnd: "crashed", note: "its worker died" });
  await openFleet(database).resume({});
  expect(await status()).toMatchObject({ state: "due", tries: 0 });
});

test("a worker whose own heartbeats have a gap ends no run of another", async () => {
  await using database = await openTestDatabase();
  await addRows(database, { org: ACME, count: 1, dueIn: [-60, -60] });
  await using context = await openTestContext(database);
  await context.heart.beat();
  await begin(context, `${ACME} app1`);
  // The database was away for a minute, and the tick comes before the next heartbeat.
  await sql`update fleet.runs set heartbeat_at = now() - interval '1 minute'`.execute(database.kysely);
  const clock = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => clock() + 60_000);
  try {
    await runTick(context);
  } finally {
    vi.restoreAllMocks();
  }
  expect(await database.kysely.selectFrom("runs").select("ended_how").execute()).toEqual([{ ended_how: null }]);
});

test("an app that is in no config any more neither counts as late nor as failing", async () => {
  await using database = await openTestDatabase();
  await addRows(database, { org: ACME, count: 2, dueIn: [-600, -600] });
  await sql`
    update fleet.apps set last_sync_end = 'failed', seen_at = now() - interval '1 hour' where key = 'app1'
  `.execute(database.kysely);
  await sql`update fleet.apps set next_run_at = now() where key = 'app2'`.execute(database.kysely);
  const { failing, lagSeconds, apps } = await openFleet(database).summary();
  expect([failing, apps.unseen, lagSeconds < 300]).toEqual([0, 1, true]);
});

async function choose({ kysely }: FleetDatabase, room: number): Promise<string[]> {
  const { rows } = await dueStatement("default", room).execute(kysely);
  return rows.map(({ id }) => id);
}

async function chooseOrgs(database: FleetDatabase, room: number): Promise<string[]> {
  const ids = await choose(database, room);
  return ids.map((id) => id.slice(0, id.indexOf(" "))).toSorted();
}

function toJob(app: string): TakenJob {
  return { id: randomUUID(), name: "sync.default", data: { app, reason: "test" } };
}

async function begin(context: WorkerContext, app: string): Promise<LiveRun> {
  const run = await beginRun(context, "sync", toJob(app));
  if (typeof run === "string") throw new Error(`The run of ${app} did not begin: ${run}`);
  return run;
}

/** A job that was handed back is not taken again at once. */
async function passPause({ kysely }: FleetDatabase): Promise<void> {
  await sql`update fleet.apps set next_run_at = now() where next_run_at > now()`.execute(kysely);
}

async function openTestContext(database: FleetDatabase): Promise<WorkerContext & AsyncDisposable> {
  const worker = { id: "one", host: "example", pid: 1, capacity: 1, zones: ["default"] };
  const { context, close } = await openContext({ database, apps: [], orgs: [], logger: silentLogger }, worker);
  return { ...context, [Symbol.asyncDispose]: close };
}
