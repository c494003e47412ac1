import { createClient } from "@bridgekit/client";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { silentLogger } from "@bridgekit/core/run";
import { expect, test } from "vitest";
import { carryOutOrders } from "../src/watch/carry-out-orders.ts";
import { lastEnds, openTestFleet, type TestFleet } from "./support/open-fleet.ts";

test("two workers sync each of three apps once on schedule, never twice at once", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const keys = ["one", "two", "three"];
  for (const key of keys) fleet.standIn.of(key).readMs = 300;
  const apps = keys.map((key) => fleet.toApp({ org, key }));
  await Promise.all([fleet.startWorker(apps), fleet.startWorker(apps)]);
  await expect.poll(() => lastEnds(fleet)).toEqual(["done", "done", "done"]);
  expect(keys.map((key) => [fleet.standIn.of(key).reads.length, fleet.standIn.of(key).most.read])).toEqual(
    keys.map(() => [1, 1]),
  );
  for (const { id } of await Array.fromAsync(org.client.listApps()))
    expect(await Array.fromAsync(org.client.listRecords(id, "account"))).toHaveLength(3);
});

test("a task is carried out as soon as it is created, by one worker", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const apps = [fleet.toApp({ org, key: "app" })];
  await Promise.all([fleet.startWorker(apps), fleet.startWorker(apps)]);
  await expect.poll(() => lastEnds(fleet)).toEqual(["done"]);
  const appId = await onlyApp(org);
  const tasks = await Promise.all(["u1", "u2"].map((id) => suspend(org, appId, id)));
  for (const { id } of tasks)
    await expect.poll(async () => (await org.client.getTask(appId, id)).status).toBe("completed");
  const { changes, most } = fleet.standIn.of("app");
  expect([changes.map(({ id }) => id).toSorted(), most.change]).toEqual([["u1", "u2"], 1]);
});

test("a task is carried out although long syncs have all the places of the only worker", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const upstream = fleet.standIn.of("app");
  await fleet.startWorker([fleet.toApp({ org, key: "app" })], { capacity: 1 });
  await expect.poll(() => lastEnds(fleet)).toEqual(["done"]);
  upstream.readMs = 600_000;
  await fleet.runNow({});
  await expect.poll(() => upstream.now.read).toBe(1);
  const appId = await onlyApp(org);
  const { id } = await suspend(org, appId, "u1");
  await expect.poll(async () => (await org.client.getTask(appId, id)).status).toBe("completed");
  expect(upstream.now.read).toBe(1);
});

test("a worker runs only apps of its zones", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const apps = ["office", "default"].map((zone) => fleet.toApp({ org, key: zone, zone }));
  await fleet.startWorker(apps);
  await expect.poll(() => statesOf(fleet)).toEqual({ default: "waiting", office: "due" });
  const office = await fleet.startWorker(apps, { zones: ["office"] });
  await expect.poll(() => statesOf(fleet)).toEqual({ default: "waiting", office: "waiting" });
  const runs = await fleet.database.kysely
    .selectFrom("runs")
    .select("worker")
    .where("app", "like", "% office")
    .execute();
  expect(runs).toEqual([{ worker: office.id }]);
  await expect(fleet.startWorker(apps, { zones: ["no zone"] })).rejects.toThrow('"no zone" can\'t name a zone');
});

test("a paused app is left alone until it is resumed, and an app is run now before it is due", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const apps = ["one", "two"].map((key) => fleet.toApp({ org, key }));
  await fleet.startWorker(apps);
  await expect.poll(() => lastEnds(fleet)).toEqual(["done", "done"]);
  expect(await fleet.pause({ keys: ["one"] })).toEqual(["one"]);
  expect(await fleet.runNow({ org: org.url })).toEqual(["two"]);
  await expect.poll(() => fleet.standIn.of("two").reads.length).toBe(2);
  expect([await statesOf(fleet), fleet.standIn.of("one").reads.length]).toMatchObject([{ one: "paused" }, 1]);
  expect(await fleet.resume({ keys: ["one", "none"] })).toEqual(["one"]);
  expect(await fleet.runNow({ keys: ["one"] })).toEqual(["one"]);
  await expect.poll(() => fleet.standIn.of("one").reads.length).toBe(2);
});

test("a new version of the config adds an app and changes a schedule while the old one still runs", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  await fleet.startWorker([fleet.toApp({ org, key: "old" }), fleet.toApp({ org, key: "both" })]);
  await expect.poll(() => lastEnds(fleet)).toEqual(["done", "done"]);
  const next = [fleet.toApp({ org, key: "both", every: 60 }), fleet.toApp({ org, key: "new" })];
  await fleet.startWorker(next, { capacity: 1 });
  // The old worker may take the job of the app that it does not know, and hands it back.
  await expect.poll(() => statesOf(fleet)).toEqual({ old: "waiting", both: "waiting", new: "waiting" });
  await expect.poll(() => fleet.standIn.of("both").reads.length).toBe(2);
  expect(fleet.standIn.of("old").reads).toHaveLength(1);
});

type Org = Awaited<ReturnType<TestFleet["openOrg"]>>;

async function onlyApp({ client }: Org): Promise<string> {
  const apps = await Array.fromAsync(client.listApps());
  expect(apps).toHaveLength(1);
  return apps[0]!.id;
}

function suspend({ client }: Org, appId: string, id: string) {
  return client.createTask(appId, { action: "suspend_account", payload: { account: { id } } });
}

async function statesOf({ apps }: TestFleet): Promise<Record<string, string>> {
  return Object.fromEntries((await Array.fromAsync(apps())).map(({ key, state }) => [key, state]));
}

test("the Bridge knows which worker runs an app, when next, and that it is paused", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const worker = await fleet.startWorker([fleet.toApp({ org, key: "app" })]);
  const runner = async () => (await org.client.getOverview({ limit: 10 })).apps[0]?.runner;
  await expect.poll(runner).toMatchObject({ worker: worker.id, paused_at: null, parked_at: null, failures: 0 });
  await expect.poll(async () => (await runner())?.next_run_at).not.toBeNull();
  await fleet.pause({ keys: ["app"] });
  await expect.poll(async () => (await runner())?.paused_at).not.toBeNull();
});

test("a worker carries out what people order on the Bridge", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const { appId } = await fleet.toApp({ org, key: "app" }).open();
  const { id: others } = await org.client.createApp({ name: "of another fleet" });
  await fleet.startWorker([fleet.toApp({ org, key: "app" })]);
  const overview = async (id = appId) =>
    (await org.client.getOverview({ limit: 10 })).apps.find(({ app_id }) => app_id === id);
  await expect.poll(async () => (await overview())?.runner?.next_run_at ?? null).not.toBeNull();
  const report = { worker: null, next_run_at: null, paused_at: null, parked_at: null, failures: 0 };
  await org.client.reportRunners([{ ...report, app_id: others, takes_orders: true }]);

  expect(await org.client.orderRunners("pause", [appId, others])).toHaveLength(2);
  await expect
    .poll(async () => (await overview())?.runner)
    .toMatchObject({ paused_at: expect.any(String), ordered: null });
  expect((await overview(others))?.runner).toMatchObject({ paused_at: null, ordered: "pause" });
  await org.client.orderRunners("resume", [appId]);
  await expect.poll(async () => (await overview())?.runner).toMatchObject({ paused_at: null, ordered: null });
  const { length } = (await overview())!.sessions;
  await org.client.orderRunners("run_now", [appId]);
  await expect.poll(async () => (await overview())!.sessions.length).toBe(length + 1);
});

test("a worker asks a Bridge that knows no runners once, and complains of nothing", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const asked: string[] = [];
  const bridge = createClient({
    baseUrl: org.url,
    apiKey: org.apiKey,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (!request.url.includes("/runners/")) return fetch(request);
      asked.push(request.url);
      return Response.json({ detail: "Not Found" }, { status: 404 });
    },
  });
  const warnings: string[] = [];
  const logger = { ...silentLogger, warn: (_fields: object, text: string) => void warnings.push(text) };
  const options = { orgs: [{ url: org.url, bridge }], logger, timing: { sweep: 0.5 } };
  await fleet.startWorker([fleet.toApp({ org, key: "app" })], options);
  await expect.poll(() => lastEnds(fleet)).toEqual(["done"]);
  await expect.poll(() => asked.length).toBe(1);
  // Some more looks for orders.
  await sleep(500);
  expect({ asked: asked.length, warnings }).toEqual({ asked: 1, warnings: [] });
});

test("an app that was deleted on the Bridge keeps no other from its tasks, however the watch learns of them", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const asked: string[] = [];
  const bridge = createClient({
    baseUrl: org.url,
    apiKey: org.apiKey,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const isRefused = request.url.includes("/overview/");
      const isEvents = request.url.includes("/events/");
      if (isEvents) asked.push(request.url);
      return isRefused ? Response.json({ detail: "Forbidden" }, { status: 403 }) : fetch(request);
    },
  });
  const apps = ["app", "gone"].map((key) => fleet.toApp({ org, key }));
  const ids = new Map<string, string>();
  for (const { key, open } of apps) ids.set(key, (await open()).appId);
  const warnings: string[] = [];
  const logger = {
    ...silentLogger,
    warn: (fields: object, text: string) => void warnings.push(text + JSON.stringify(fields)),
  };
  await fleet.startWorker(apps, { orgs: [{ url: org.url, bridge }], logger, timing: { sweep: 0.5 } });
  await expect.poll(() => lastEnds(fleet)).toEqual(["done", "done"]);
  await expect.poll(() => asked.length).toBe(1);
  await org.client.deleteApp(ids.get("gone")!);
  // Some more sweeps.
  await sleep(2000);
  expect({ streams: asked.length, warnings }).toEqual({ streams: 1, warnings: [] });
});

test("a watch that fails leaves nothing behind that goes on", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  let open = 0;
  const bridge = createClient({
    baseUrl: org.url,
    apiKey: org.apiKey,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (request.url.includes("/overview/")) return Response.json({ detail: "Bad request" }, { status: 400 });
      if (!request.url.includes("/events/")) return fetch(request);
      open++;
      request.signal.addEventListener("abort", () => open--);
      return fetch(request);
    },
  });
  const app = fleet.toApp({ org, key: "app" });
  await fleet.startWorker([app], { orgs: [{ url: org.url, bridge }], timing: { sweep: 0.5 } });
  await expect.poll(() => lastEnds(fleet)).toEqual(["done"]);
  await sleep(3000);
  expect(open).toBeLessThan(2);
});

test("a connector that never connects does not keep a worker from draining", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const app = fleet.toApp({ org, key: "app" });
  const worker = await fleet.startWorker([{ ...app, open: () => new Promise<never>(() => {}) }]);
  await expect.poll(() => worker.running()).toHaveLength(1);
  await worker.drain(0);
  expect(await lastEnds(fleet)).toEqual(["stopped"]);
});

test("what a connector connects after it was given up is closed", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const app = fleet.toApp({ org, key: "app" });
  const isConnected = Promise.withResolvers<void>();
  let closed = 0;
  const open = async () => {
    await isConnected.promise;
    const opened = await app.open();
    return Object.assign(opened, { [Symbol.asyncDispose]: async () => void closed++ });
  };
  const worker = await fleet.startWorker([{ ...app, open }]);
  await expect.poll(() => worker.running()).toHaveLength(1);
  await worker.drain(0);
  isConnected.resolve();
  await expect.poll(() => closed).toBe(1);
});

test("the Bridge knows the workers and what they run, and has one drain by order", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const upstream = fleet.standIn.of("app");
  upstream.readMs = 600_000;
  const app = fleet.toApp({ org, key: "app" });
  const { appId } = await app.open();
  const idle = await fleet.startWorker([], { zones: ["office"], capacity: 2 });
  const busy = await fleet.spawnWorker(org, ["app"], { graceSeconds: 600 });
  const workers = () => org.client.listWorkers();
  await expect.poll(workers).toMatchObject(
    [
      { name: busy.id, state: "alive", busy: 1, running: [{ app_id: appId, kind: "sync" }], takes_orders: true },
      { name: idle.id, state: "alive", busy: 0, running: [], zones: ["office"], capacity: 2 },
    ].toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  );
  expect(await org.client.orderWorkers("drain", [busy.id, "nobody"])).toEqual([busy.id]);
  const found = async () => (await workers()).find(({ name }) => name === busy.id);
  await expect.poll(found).toMatchObject({ state: "draining", ordered: null });
  upstream.readMs = 0;
  upstream.release();
  expect(await busy.exited).toEqual([0, null]);
  await expect.poll(found).toBeUndefined();
  expect(upstream.reads).toHaveLength(1);
});

test("one organisation can't drain a worker that serves another too, nor see what it runs for it", async () => {
  await using fleet = await openTestFleet();
  const [org, other] = [await fleet.openOrg(), await fleet.openOrg()];
  fleet.standIn.of("theirs").readMs = 600_000;
  const worker = await fleet.startWorker([
    fleet.toApp({ org, key: "ours" }),
    fleet.toApp({ org: other, key: "theirs" }),
  ]);
  const isShared = { name: worker.id, busy: 1, running: [], takes_orders: false };
  await expect.poll(() => org.client.listWorkers()).toMatchObject([isShared]);
  expect(await org.client.orderWorkers("drain", [worker.id])).toEqual([]);
  const context = { database: fleet.database, logger: silentLogger };
  const order = { id: randomUUID(), worker: worker.id, order: "drain" } as const;
  const orders = { orders: [], worker_orders: [order] };
  expect(await carryOutOrders(context, { url: org.url, bridge: org.client }, orders)).toEqual([order.id]);
  expect(await fleet.workers()).toMatchObject([{ state: "working" }]);
});

test("a fleet with a new database in place of a lost one is not refused as older", async () => {
  await using lost = await openTestFleet();
  const org = await lost.openOrg();
  const app = lost.toApp({ org, key: "app" });
  const first = await lost.startWorker([app]);
  await expect.poll(() => lastEnds(lost)).toEqual(["done"]);
  await lost.runNow({ keys: ["app"] });
  await expect.poll(() => lost.standIn.of("app").reads.length).toBe(2);
  await expect.poll(() => first.running()).toEqual([]);
  await first.drain(5);
  await lost.database.kysely.deleteFrom("runs").execute();
  await lost.database.kysely.deleteFrom("apps").execute();
  await lost.startWorker([app]);
  await expect.poll(() => lastEnds(lost)).toEqual(["done"]);
});
