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
    expect((await report([{ app_id: app, ...REPORT }])).status).toBe(204);
    expect(await runnerOf(app)).toEqual({ ...REPORT, reported_at: now.toISOString() });
    const paused = { ...REPORT, next_run_at: null, paused_at: now.toISOString(), failures: 2 };
    await report([
      { app_id: app, ...REPORT },
      { app_id: app.toUpperCase(), ...paused },
    ]);
    expect(await runnerOf(app)).toEqual({ ...paused, reported_at: now.toISOString() });
  });

  test("about apps of others, or that do not exist, is left out", async () => {
    const [own, limited] = [await api.createApp(), await api.createApp()];
    const theirs = await createApi(bridge);
    const connector = await createApi(bridge, { org: api.slug, role: "connector", appIds: [own] });
    const ids = [own, limited, randomUUID(), await theirs.createApp()];
    const all = ids.map((app_id) => Object.assign({ app_id }, REPORT));
    expect((await report(all, connector)).status).toBe(204);
    expect([await runnerOf(own), await runnerOf(limited)]).toMatchObject([{ worker: "machine-1" }, null]);
    const { apps } = (await theirs.call("GET", "/overview/")).body;
    expect(apps).toMatchObject([{ runner: null }]);
  });

  test("is bounded, not audited, and gone with its app", async () => {
    const app = await api.createApp();
    expect((await report(Array.from({ length: 1_000 }, () => ({ app_id: app, ...REPORT })))).status).toBe(204);
    expect((await report(Array.from({ length: 1_001 }, () => ({ app_id: app, ...REPORT })))).status).toBe(400);
    const { entries } = (await api.call("GET", "/audit/?operation=reportRunners")).body;
    expect(entries).toEqual([]);
    await api.call("DELETE", `/apps/${app}/`);
    await bridge.whenDeleted();
  });
});
