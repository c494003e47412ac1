import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { components } from "@bridgekit/client";
import type { Bridge } from "../src/index.ts";
import { accounts, type Api, createApi } from "./support/api.ts";
import { DATABASES, openBridge } from "./support/open-bridge.ts";
import { createTaskApp } from "./support/tasks.ts";

type Schemas = components["schemas"];

const receipt = (more: object): object => ({
  status: "completed",
  mode: "full",
  started_at: "2026-01-01T00:00:00.000Z",
  ended_at: "2026-01-01T00:00:04.000Z",
  usage: { calls: 1, retries: 0, rate_limited: 0, wait_seconds: 0 },
  types: {},
  missing: [],
  versions: {},
  ...more,
});

describe.each(DATABASES)("the overview on %s", (kind) => {
  let bridge: Bridge;
  let api: Api;
  let time = Date.parse("2026-01-01T00:00:00Z");
  beforeAll(async () => {
    bridge = await openBridge(kind, { now: () => new Date(time) });
  });
  afterAll(() => bridge.close());
  beforeEach(async () => {
    api = await createApi(bridge);
  });

  async function overview(query = ""): Promise<Schemas["Overview"]> {
    const { status, body } = await api.call("GET", `/overview/${query}`);
    expect(status).toBe(200);
    return body;
  }

  async function only(): Promise<Schemas["AppOverview"]> {
    const { apps } = await overview();
    expect(apps).toHaveLength(1);
    return apps[0]!;
  }

  /** A session that ends as given, with its receipt. */
  async function run(app: string, end: "complete" | "abandon", left: object, pushed = accounts(5)): Promise<string> {
    const syncId = await api.start(app);
    await api.push(app, syncId, "account", pushed);
    await api[end](app, syncId);
    expect((await api.call("PUT", `/apps/${app}/sync/${syncId}/receipt/`, receipt(left))).status).toBe(204);
    await bridge.whenReconciled();
    return syncId;
  }

  test("an app that was never synced becomes syncing and then in step", async () => {
    const app = await api.createApp();
    expect(await only()).toMatchObject({
      state: "never_synced",
      accounts: 0,
      sessions: [],
      interval_seconds: null,
      open_session: null,
    });
    const syncId = await api.start(app);
    expect(await only()).toMatchObject({ state: "syncing", open_session: { sync_id: syncId, status: "in_progress" } });
    await api.push(app, syncId, "account", accounts(3));
    await api.complete(app, syncId);
    await bridge.whenReconciled();
    expect(await only()).toMatchObject({
      state: "in_step",
      accounts: 3,
      last_synced_at: new Date(time).toISOString(),
      sessions: [{ sync_id: syncId, status: "completed", created: 3, updated: 0, removed: 0 }],
    });
    expect((await overview()).decisions).toEqual([]);
  });

  test("counts active accounts through updates, removals, returns, deltas and erasures", async () => {
    const app = await api.createApp();
    const active = async () => {
      const { accounts: counted } = await only();
      expect(counted).toBe((await api.activeIds(app, "account")).length);
      return counted;
    };
    await api.sync(app, [
      ["account", accounts(9)],
      ["team", [{ id: "t", name: "T" }]],
    ]);
    expect(await active()).toBe(9);
    await api.sync(app, [["account", [...accounts(7), { id: "new", email: "new@example.com" }]]]);
    expect(await active()).toBe(8);
    await api.sync(
      app,
      [
        [
          "account",
          [
            { id: "u8", email: "back@example.com" },
            { id: "u1", email: "other@example.com" },
          ],
        ],
      ],
      "abandon",
    );
    expect(await active()).toBe(9);
    expect((await api.call("POST", "/erasures/", { app_id: app, slug: "account", id: "new" })).status).toBe(201);
    expect(await active()).toBe(8);
    await api.sync(app, [["account", accounts(9)]]);
    expect(await active()).toBe(9);
  });

  test("a held session comes first with its losses", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(50)]]);
    const held = await api.sync(app, [["account", accounts(30)]]);
    const losses = [{ slug: "account", of: "records", live: 50, lost: 20 }];
    expect(await only()).toMatchObject({ state: "held", held: { sync_id: held.sync_id, losses }, accounts: 50 });
    expect((await overview()).decisions).toMatchObject([
      { kind: "held", app_id: app, app_name: "HR", sync_id: held.sync_id, losses },
    ]);
    await api.call("POST", `/apps/${app}/sync/${held.sync_id}/discard/`);
    expect(await only()).toMatchObject({ state: "in_step", held: null, failure: null });
    expect((await overview()).decisions).toEqual([]);
  });

  test("an app is partial from the first incomplete full read until a complete one", async () => {
    const app = await api.createApp();
    await run(app, "complete", {});
    time += 60_000;
    const since = new Date(time).toISOString();
    await run(app, "abandon", { status: "abandoned", missing: ["group: one is hidden"] });
    time += 60_000;
    const second = await run(app, "abandon", { status: "abandoned", missing: ["group: two are hidden", "more"] });
    time += 60_000;
    await run(app, "abandon", { status: "updated", mode: "changes" });
    const partial = { since, sync_id: second, reason: "group: two are hidden" };
    expect(await only()).toMatchObject({ state: "partial", partial, interval_seconds: 60 });
    expect((await overview()).decisions).toMatchObject([
      { kind: "partial", at: since, sync_id: second, message: "group: two are hidden" },
    ]);
    await run(app, "complete", {});
    expect(await only()).toMatchObject({ state: "in_step", partial: null });
  });

  test("a delta leaves an app in step", async () => {
    const app = await api.createApp();
    await run(app, "complete", {});
    await run(app, "abandon", { status: "updated", mode: "changes" });
    expect(await only()).toMatchObject({ state: "in_step", partial: null, failure: null });
  });

  test("an app fails if its last run failed or never ended its session", async () => {
    const app = await api.createApp();
    await run(app, "complete", {});
    const failed = await run(app, "abandon", {
      status: "failed",
      error: { code: "PERMISSION_DENIED", message: "No." },
    });
    expect(await only()).toMatchObject({
      state: "failing",
      failure: { sync_id: failed, code: "PERMISSION_DENIED", message: "No." },
    });
    const lost = await api.start(app);
    await api.start(app);
    expect(await only()).toMatchObject({ state: "failing", failure: { sync_id: lost, code: "NOT_ENDED" } });
    await run(app, "complete", {});
    expect(await only()).toMatchObject({ state: "in_step", failure: null });
  });

  test("an app is overdue once no session has started for more than twice its interval", async () => {
    const app = await api.createApp();
    for (let round = 0; round < 4; round++) {
      await run(app, "complete", {});
      time += 600_000;
    }
    expect(await only()).toMatchObject({ interval_seconds: 600, is_overdue: false });
    time += 900_000;
    expect(await only()).toMatchObject({ is_overdue: true });
    await api.start(app);
    expect(await only()).toMatchObject({ is_overdue: false, state: "syncing" });
  });

  test("failed tasks are grouped by code, without cancelled ones", async () => {
    const tasks = await createTaskApp(api);
    const fail = async (account: string, code: string) => {
      const { id } = await tasks.create(account);
      time += 1_000;
      await tasks.report(id, { status: "failed", error: { code, message: `${account} failed` } });
    };
    await fail("u0", "PERMISSION_DENIED");
    await fail("u1", "TIMEOUT");
    await fail("u2", "PERMISSION_DENIED");
    await tasks.cancel((await tasks.create("u3")).id);
    await tasks.create("u4");
    const bounded = (count: number) => ({ count, count_is_exact: true });
    expect(await only()).toMatchObject({ open_tasks: bounded(1), failed_tasks: bounded(3) });
    expect((await overview()).decisions).toMatchObject([
      { kind: "failed_tasks", code: "PERMISSION_DENIED", tasks: bounded(2), message: "u2 failed" },
      { kind: "failed_tasks", code: "TIMEOUT", tasks: bounded(1), message: "u1 failed" },
    ]);
  });

  test("apps come in pages, and decisions cover all apps", async () => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) {
      time += 1_000;
      ids.push(await api.createApp());
    }
    await api.sync(ids[2]!, [["account", accounts(50)]]);
    await api.sync(ids[2]!, []);
    const first = await overview("?limit=2");
    expect(first.apps.map(({ app_id }) => app_id)).toEqual(ids.slice(0, 2));
    expect(first.decisions).toMatchObject([{ kind: "held", app_id: ids[2] }]);
    const { body: second } = await api.call("GET", first.next!);
    expect(second).toMatchObject({ apps: [{ app_id: ids[2] }], next: null });
  });
});
