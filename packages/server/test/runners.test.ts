import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { components } from "@bridgekit/client";
import { createApi } from "./support/api.ts";
import { DATABASES } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

type Schemas = components["schemas"];

const REPORT = {
  worker: "machine-1",
  next_run_at: "2026-11-01T09:00:00.000Z",
  paused_at: null,
  parked_at: null,
  failures: 0,
};

describe.each(DATABASES)("what runners report on %s", async (kind) => {
  const now = new Date("2026-11-01T08:00:00Z");
  const { bridge, api } = await setUpBridge(kind, { now: () => now });
  const report = (apps: object[], by = api) => by.call("POST", "/runners/", { apps });
  const runnerOf = async (app: string) =>
    (await api.call<Schemas["Overview"]>("GET", "/overview/?limit=100")).body.apps.find(({ app_id }) => app_id === app)!
      .runner;

  test("is in the overview, and a later report replaces it", async () => {
    const app = await api.createApp();
    expect(await runnerOf(app)).toBeNull();
    expect(await report([{ app_id: app, ...REPORT }])).toMatchObject({ status: 200, body: { orders: [] } });
    const kept = { takes_orders: false, ordered: null, reported_at: now.toISOString() };
    expect(await runnerOf(app)).toEqual({ ...REPORT, ...kept });
    const paused = { ...REPORT, next_run_at: null, paused_at: now.toISOString(), failures: 2 };
    await report([
      { app_id: app, ...REPORT },
      { app_id: app.toUpperCase(), ...paused },
    ]);
    expect(await runnerOf(app)).toEqual({ ...paused, ...kept });
  });

  test("about apps of others, or that do not exist, is left out", async () => {
    const [own, limited] = [await api.createApp(), await api.createApp()];
    const theirs = await createApi(bridge);
    const connector = await createApi(bridge, { org: api.slug, role: "connector", appIds: [own] });
    const ids = [own, limited, randomUUID(), await theirs.createApp()];
    const all = ids.map((app_id) => Object.assign({ app_id }, REPORT));
    expect((await report(all, connector)).status).toBe(200);
    expect([await runnerOf(own), await runnerOf(limited)]).toMatchObject([{ worker: "machine-1" }, null]);
    const { apps } = (await theirs.call("GET", "/overview/")).body;
    expect(apps).toMatchObject([{ runner: null }]);
  });

  test("brings orders until they are carried out, to those who reach the app", async () => {
    const [own, limited, deaf] = [await api.createApp(), await api.createApp(), await api.createApp()];
    const theirs = await createApi(bridge);
    const foreign = await theirs.createApp();
    const connector = await createApi(bridge, { org: api.slug, role: "connector", appIds: [own] });
    const takes = { ...REPORT, takes_orders: true };
    await report([own, limited].map((app_id) => Object.assign({ app_id }, takes)));
    await report([{ app_id: deaf, ...REPORT }]);
    await report([{ app_id: foreign, ...takes }], theirs);
    const order = (word: string, by = api) =>
      by.call("POST", "/runners/orders/", { order: word, app_ids: [own.toUpperCase(), limited, deaf, foreign] });
    await order("pause");
    const { body } = await order("resume");
    expect(body).toEqual({ app_ids: [own, limited].toSorted() });
    const ofApp = async (app: string, by = api) => {
      const { orders } = (await report([], by)).body as Schemas["RunnerOrderList"];
      return orders.find(({ app_id }) => app_id === app);
    };
    expect(await ofApp(foreign, theirs)).toBeUndefined();
    expect(await ofApp(limited, connector)).toBeUndefined();
    const [first, other] = [(await ofApp(own, connector))!, (await ofApp(limited))!];
    expect([first.order, (await runnerOf(own))?.ordered]).toEqual(["resume", "resume"]);
    const carryOut = (ids: string[], by = api) => by.call("POST", "/runners/", { apps: [], carried_out: ids });
    await carryOut([first.id, other.id], theirs);
    await carryOut([first.id.toUpperCase(), other.id], connector);
    expect([await ofApp(own), (await runnerOf(own))?.ordered]).toEqual([undefined, null]);
    expect(await ofApp(limited)).toEqual(other);
    const { entries } = (await api.call("GET", "/audit/?operation=orderRunners")).body;
    expect(entries).toHaveLength(2);
  });

  test("and orders may come at once, in any order of the apps", async () => {
    const many = await createApi(bridge);
    const ids: string[] = [];
    for (let index = 0; index < 50; index++)
      ids.push((await many.call("POST", "/apps/", { name: `App ${index}` })).body.id);
    const all = ids.map((app_id) => Object.assign({ app_id }, REPORT, { takes_orders: true }));
    await report(all, many);
    const order = (app_ids: string[]) => many.call("POST", "/runners/orders/", { order: "pause", app_ids });
    const mixed = ids.toSorted((one, other) => (one.slice(9) < other.slice(9) ? -1 : 1));
    for (let round = 0; round < 20; round++) {
      const orders = (await report([], many)).body.orders as Schemas["RunnerOrderList"]["orders"];
      const calls = [
        order(mixed),
        report(all, many),
        order(mixed.toReversed()),
        many.call("POST", "/runners/", { apps: [], carried_out: orders.map(({ id }) => id) }),
      ];
      for (const { status } of await Promise.all(calls)) expect(status).toBe(200);
    }
  });

  test("is bounded, not audited, and gone with its app", async () => {
    const app = await api.createApp();
    expect((await report(Array.from({ length: 1_000 }, () => ({ app_id: app, ...REPORT })))).status).toBe(200);
    expect((await report(Array.from({ length: 1_001 }, () => ({ app_id: app, ...REPORT })))).status).toBe(400);
    const { entries } = (await api.call("GET", "/audit/?operation=reportRunners")).body;
    expect(entries).toEqual([]);
    await api.call("DELETE", `/apps/${app}/`);
    await bridge.whenDeleted();
  });
});
