import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { components } from "@bridgekit/client";
import { createApi } from "./support/api.ts";
import { DATABASES } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

type Schemas = components["schemas"];

const WORKER = {
  host: "machine-1",
  capacity: 8,
  zones: ["default", "office"],
  started_at: "2026-11-01T07:00:00.000Z",
  state: "alive",
  busy: 0,
  running: [],
  takes_orders: true,
} as const;

describe.each(DATABASES)("the workers of fleets on %s", async (kind) => {
  let now = new Date("2026-11-01T08:00:00Z");
  const { bridge, api } = await setUpBridge(kind, { now: () => now });
  const report = async (id: string, workers?: object[], { by = api, ...more }: { by?: typeof api } & object = {}) => {
    const { status, body } = await by.call("POST", "/runners/", { apps: [], fleet: { id, workers }, ...more });
    expect(status).toBe(200);
    return (body as Schemas["RunnerOrderList"]).worker_orders;
  };
  const list = async (by = api) => (await by.call<Schemas["WorkerList"]>("GET", "/runners/workers/")).body.workers;
  const drain = async (workers: string[], by = api) =>
    (await by.call("POST", "/runners/workers/orders/", { order: "drain", workers })).body as unknown;

  test("are those of its last report, and lost once it has not reported for minutes", async () => {
    const fleet = randomUUID();
    await report(fleet, [
      { name: "w2", ...WORKER },
      { name: "w1", ...WORKER },
    ]);
    const kept = { ...WORKER, ordered: null, reported_at: now.toISOString() };
    expect(await list()).toEqual(["w1", "w2"].map((name) => Object.assign({ name }, kept)));
    expect(await report(fleet)).toEqual([]);
    await report(fleet, [{ name: "w2", ...WORKER, state: "draining" }]);
    expect(await list()).toMatchObject([{ name: "w2", state: "draining" }]);
    now = new Date(now.getTime() + 181_000);
    expect(await list()).toMatchObject([{ name: "w2", state: "lost" }]);
    now = new Date(now.getTime() + 86_400_000);
    expect(await list()).toEqual([]);
  });

  test("tell each organisation only of its own apps that they run", async () => {
    const [app, limited] = [await api.createApp(), await api.createApp()];
    const theirs = await createApi(bridge);
    const foreign = await theirs.createApp();
    const run = (app_id: string) => ({ app_id, kind: "sync", started_at: "2026-11-01T07:59:00.000Z" });
    const running = [app.toUpperCase(), limited, foreign, randomUUID()].map(run);
    const fleet = randomUUID();
    await report(fleet, [{ name: "w1", ...WORKER, busy: 4, running }]);
    expect(await list()).toMatchObject([{ busy: 4, running: [{ app_id: app.toUpperCase() }, { app_id: limited }] }]);
    expect(await list(theirs)).toEqual([]);
    const connector = await createApi(bridge, { org: api.slug, role: "connector", appIds: [app] });
    await report(fleet, [{ name: "w1", ...WORKER, busy: 4, running }], { by: connector });
    expect((await list())[0]!.running).toHaveLength(1);
    await report(fleet, []);
  });

  test("drain by an order that comes to their fleet alone, until it is carried out", async () => {
    const [fleet, other] = [randomUUID(), randomUUID()];
    await report(fleet, [
      { name: "w1", ...WORKER },
      { name: "shared", ...WORKER, takes_orders: false },
    ]);
    await report(other, [{ name: "w2", ...WORKER }]);
    const theirs = await createApi(bridge);
    expect(await drain(["w1"], theirs)).toEqual({ workers: [] });
    await drain(["w1"]);
    expect(await drain(["w1", "w2", "shared", "nobody"])).toEqual({ workers: ["w1", "w2"] });
    expect(await list()).toMatchObject([
      { name: "shared", ordered: null },
      { name: "w1", ordered: "drain" },
      { name: "w2", ordered: "drain" },
    ]);
    const orders = await report(fleet);
    expect(orders).toEqual([{ id: expect.any(String), worker: "w1", order: "drain" }]);
    expect(await report(fleet, undefined, { by: theirs })).toEqual([]);
    const carriedOut = { carried_out: [orders![0]!.id.toUpperCase()] };
    await report(other, undefined, carriedOut);
    await report(fleet, undefined, { by: theirs, ...carriedOut });
    expect(await report(fleet)).toEqual(orders);
    expect(await report(fleet, undefined, carriedOut)).toEqual([]);
    expect((await report(other))!.map(({ worker }) => worker)).toEqual(["w2"]);
    const { entries } = (await api.call<Schemas["AuditList"]>("GET", "/audit/?operation=orderWorkers")).body;
    expect(entries.map(({ details }) => details?.after)).toContainEqual({ order: "drain", workers: ["w1", "w2"] });
  });

  test("lose their orders with them", async () => {
    const fleet = randomUUID();
    const [gone, here] = ["gone", "here"].map((name) => Object.assign({ name }, WORKER));
    await report(fleet, [gone!, here!]);
    await drain(["gone", "here"]);
    expect(await report(fleet)).toHaveLength(2);
    expect(await report(fleet, [here!])).toMatchObject([{ worker: "here" }]);
    await report(fleet, []);
  });

  test("of a fleet that reported while the clock was ahead are forgotten with it", async () => {
    now = new Date(now.getTime() + 365 * 86_400_000);
    await report(randomUUID(), [{ name: "ahead", ...WORKER }]);
    now = new Date(now.getTime() - 365 * 86_400_000);
    const fleet = randomUUID();
    await report(fleet, [{ name: "in time", ...WORKER }]);
    expect((await list()).map(({ name }) => name)).not.toContain("ahead");
    await report(fleet, []);
  });

  test("are of five fleets, and those that report are displaced by no other", async () => {
    now = new Date(now.getTime() + 86_400_000);
    const fleets = Array.from({ length: 5 }, () => randomUUID());
    for (const [fleet, id] of fleets.entries()) await report(id, [{ name: `of ${fleet}`, ...WORKER }]);
    const names = async () => (await list()).map(({ name }) => name);
    const all = [0, 1, 2, 3, 4].map((fleet) => `of ${fleet}`);
    now = new Date(now.getTime() + 1000);
    await Promise.all(all.map(() => report(randomUUID(), [{ name: "made up", ...WORKER }])));
    expect(await names()).toEqual(all);
    now = new Date(now.getTime() + 181_000);
    for (const [fleet, id] of fleets.slice(1).entries()) await report(id, [{ name: `of ${fleet + 1}`, ...WORKER }]);
    await Promise.all([1, 2].map((n) => report(randomUUID(), [{ name: `new ${n}`, ...WORKER }])));
    expect((await names()).filter((name) => name.startsWith("of"))).toEqual(all.slice(1));
    expect(await list()).toHaveLength(5);
    const many = (count: number) => Array.from({ length: count }, (_, n) => Object.assign({ name: `w${n}` }, WORKER));
    await report(randomUUID(), many(200));
    const body = { apps: [], fleet: { id: randomUUID(), workers: many(201) } };
    expect((await api.call("POST", "/runners/", body)).status).toBe(400);
  });
});
