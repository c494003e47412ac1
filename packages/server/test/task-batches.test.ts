import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { components } from "@bridgekit/client";
import type { Bridge } from "../src/index.ts";
import { type Api, createApi } from "./support/api.ts";
import { connect, DATABASES, openBridge } from "./support/open-bridge.ts";
import { createTaskApp, type TaskApp } from "./support/tasks.ts";

type Schemas = components["schemas"];

describe.each(DATABASES)("tasks in batches on %s", (kind) => {
  let bridge: Bridge;
  let api: Api;
  let tasks: TaskApp;
  let time = Date.parse("2026-01-01T00:00:00Z");
  beforeAll(async () => {
    bridge = await openBridge(kind, { now: () => new Date(time) });
  });
  afterAll(() => bridge.close());
  beforeEach(async () => {
    api = await createApi(bridge);
    tasks = await createTaskApp(api);
  });

  async function fail(account: string, code = "TIMEOUT", more: object = {}): Promise<string> {
    const { id } = await tasks.create(account, more);
    time += 1_000;
    await tasks.report(id, { status: "failed", error: { code, message: "No." } });
    return id;
  }

  async function complete(account: string, more: object = {}): Promise<string> {
    const { id } = await tasks.create(account, more);
    time += 1_000;
    await tasks.report(id);
    return id;
  }

  async function batch(call: "retry" | "undo" | "cancel", body: object): Promise<Schemas["TaskBatch"]> {
    const response = await api.call("POST", `/apps/${tasks.app}/tasks/${call}/`, body);
    expect(response.status, JSON.stringify(response.body)).toBe(200);
    return response.body;
  }

  const payload = (id: string) => ({ account: { id } });
  const named = (id: string) => ({ payload: payload(id), account_name: `${id}@example.com` });

  test("failed tasks of a code are tried again, each once, by new tasks that runners get", async () => {
    const [first, , third] = [await fail("u0"), await fail("u1", "PERMISSION_DENIED"), await fail("u2")];
    await tasks.cancel((await tasks.create("u3")).id);
    const made = await batch("retry", { code: "TIMEOUT" });
    expect(made).toMatchObject({
      preview: false,
      matching: { count: 2, count_is_exact: true },
      items: [
        { task_id: first, action: "suspend_account", payload: payload("u0") },
        { task_id: third, action: "suspend_account", payload: payload("u2") },
      ],
    });
    const ids = made.items.map(({ new_task_id }) => new_task_id);
    expect(await tasks.claimed("runner", { limit: 10 })).toEqual(ids);
    expect(await tasks.read(ids[0]!)).toMatchObject({
      status: "pending",
      retry_of: first,
      history: [{ event: "created" }, { event: "claimed" }],
    });
    expect(await tasks.read(first)).toMatchObject({ status: "failed", retried_at: new Date(time).toISOString() });
    expect((await batch("retry", { code: "TIMEOUT" })).items).toEqual([]);
    expect((await batch("retry", {})).items).toHaveLength(1);
  });

  test("a preview is no change, so the audit trail has none of it", async () => {
    const [failed, done] = [await fail("u0"), await complete("u1")];
    const { id: open } = await tasks.create("u2");
    const entries = async () => (await api.call("GET", "/audit/?limit=500")).body.entries.length;
    const before = await entries();
    await batch("retry", { preview: true });
    await batch("undo", { task_ids: [done], preview: true });
    await batch("cancel", { task_ids: [open], preview: true });
    await api.call("POST", "/erasures/preview/", { email: "jane@example.com" });
    expect(await entries()).toBe(before);
    await batch("retry", { task_ids: [failed] });
    expect(await entries()).toBe(before + 1);
  });

  test("open tasks are cancelled together, those of a runner with a warning, ended ones are named", async () => {
    const { id: claimed } = await tasks.create("u0");
    await tasks.claim("runner");
    const { id: pending } = await tasks.create("u1");
    const { id: scheduled } = await tasks.create("u2", { execute_after: "2027-01-01T00:00:00Z" });
    const done = await complete("u3");
    const ids = [claimed, pending, scheduled, done];
    const preview = await batch("cancel", { task_ids: ids, preview: true });
    expect(preview.items).toEqual([
      { task_id: claimed, action: "suspend_account", ...named("u0"), left: expect.stringContaining("runner") },
      { task_id: pending, action: "suspend_account", ...named("u1") },
      { task_id: scheduled, action: "suspend_account", ...named("u2") },
      { task_id: done, reason: "The task is completed already." },
    ]);
    expect((await tasks.read(pending)).status).toBe("pending");
    expect(await batch("cancel", { task_ids: ids })).toEqual({ ...preview, preview: false });
    for (const id of [claimed, pending, scheduled])
      expect(await tasks.read(id)).toMatchObject({
        status: "failed",
        error: { code: "INTERNAL_ERROR" },
        history: expect.arrayContaining([expect.objectContaining({ event: "cancelled" })]),
      });
    expect((await batch("cancel", { task_ids: ids })).items.map(({ reason }) => reason)).toEqual([
      "The task is failed already.",
      "The task is failed already.",
      "The task is failed already.",
      "The task is completed already.",
    ]);
    const { entries } = (await api.call("GET", "/audit/?operation=cancelTasks")).body;
    const cancelled = entries.map(({ details }: Schemas["AuditEntry"]) => details?.after?.["cancelled"]);
    expect(cancelled.toSorted()).toEqual([0, 3]);
  });

  test("a filter cancels what it finds, up to the limit, and nothing of another app", async () => {
    const { id: other } = await (await createTaskApp(api)).create("u0");
    const { id: first } = await tasks.create("u0");
    const { id: second } = await tasks.create("u1");
    const { id: later } = await tasks.create("u2", { execute_after: "2027-01-01T00:00:00Z" });
    expect(await batch("cancel", { state: "pending", limit: 1 })).toMatchObject({
      matching: { count: 2, count_is_exact: true },
      items: [{ task_id: first }],
    });
    expect((await batch("cancel", { action: "update_account" })).items).toEqual([]);
    expect((await batch("cancel", {})).items.map(({ task_id }) => task_id)).toEqual([second, later]);
    const unknown = await api.call("POST", `/apps/${tasks.app}/tasks/cancel/`, { task_ids: [other] });
    expect(unknown).toMatchObject({ status: 422, body: { detail: expect.stringContaining(other) } });
  });

  test("a preview makes nothing, and a limit leaves the rest", async () => {
    for (const account of ["u0", "u1", "u2"]) await fail(account);
    const preview = await batch("retry", { limit: 2, preview: true });
    expect(preview).toMatchObject({ preview: true, matching: { count: 3 } });
    expect(preview.items).toHaveLength(2);
    expect(preview.items[0]).not.toHaveProperty("new_task_id");
    expect((await tasks.list("?status=pending")).body.tasks).toEqual([]);
    expect((await batch("retry", { limit: 2 })).items).toHaveLength(2);
    expect((await batch("retry", { limit: 2 })).items).toHaveLength(1);
  });

  test("tasks that are tried again at a pace become due one after the other", async () => {
    for (const account of ["u0", "u1", "u2"]) await fail(account);
    const { items } = await batch("retry", { per_minute: 2 });
    const at = (seconds: number) => new Date(time + seconds * 1000).toISOString();
    expect(items.map(({ execute_after }) => execute_after)).toEqual([at(0), at(30), at(60)]);
    expect((await tasks.list("?status=pending")).body.count).toBe(1);
    time += 30_000;
    expect((await tasks.list("?status=pending")).body.count).toBe(2);
  });

  test("a batch comes after the tasks that are there, and before those that follow", async () => {
    await fail("u0");
    await fail("u1");
    const before = await tasks.create("u5");
    const { items } = await batch("retry", {});
    const after = await tasks.create("u6");
    const order = [before.id, ...items.map(({ new_task_id }) => new_task_id), after.id];
    expect((await tasks.list("?status=pending")).body.tasks.map(({ id }) => id)).toEqual(order);
  });

  test("what the connector can't do any more is named and left as it is", async () => {
    const id = await fail("u0");
    const capabilities = { connector: "hr", version: null, actions: [], grantable: [], advice: {} };
    await api.call("PUT", `/apps/${tasks.app}/capabilities/`, capabilities);
    const { items } = await batch("retry", { task_ids: [id] });
    expect(items).toMatchObject([{ task_id: id, reason: expect.stringContaining("does not offer suspend_account") }]);
    expect(await tasks.read(id)).not.toHaveProperty("retried_at");
  });

  test("the same call twice at once, under one key, makes nothing twice", async () => {
    await fail("u0");
    const init = {
      body: JSON.stringify({}),
      headers: { "content-type": "application/json", "idempotency-key": "once" },
    };
    const call = () => api.send<Schemas["TaskBatch"]>("POST", `/apps/${tasks.app}/tasks/retry/`, init);
    const [first, second] = await Promise.all([call(), call()]);
    expect(first.body.items).toHaveLength(1);
    expect(second.body).toEqual(first.body);
    expect((await tasks.list("?status=pending")).body.count).toBe(1);
  });

  test("completed tasks are undone by their inverse, the last one first, and what can't be undone is said", async () => {
    const refs = { team: { added: [{ id: "g1" }], removed: [] } };
    const changed = { action: "update_account", payload: { ...payload("u1"), changes: refs } };
    const suspended = await complete("u0");
    const updated = await complete("u1", changed);
    const reset = await complete("u2", { action: "reset_password" });
    const open = (await tasks.create("u3")).id;
    const ids = [suspended, updated, reset, open];
    const preview = await batch("undo", { task_ids: ids, preview: true });
    expect(new Map(preview.items.map(({ task_id, ...item }) => [task_id, item]))).toEqual(
      new Map<string, object>([
        [reset, { reason: "A password that was reset can't be restored." }],
        [
          updated,
          {
            action: "update_account",
            ...named("u1"),
            ref_names: [{ slug: "team", id: "g1", name: "Design" }],
            payload: { ...payload("u1"), changes: { team: { added: [], removed: [{ id: "g1" }] } } },
          },
        ],
        [suspended, { action: "unsuspend_account", ...named("u0") }],
        [open, { reason: "The task is pending; only a completed one can be undone." }],
      ]),
    );
    expect((await tasks.list("?status=pending")).body.count).toBe(1);
    const { items } = await batch("undo", { task_ids: ids.slice(0, 3) });
    const made = items.flatMap(({ new_task_id }) => new_task_id ?? []);
    expect((await tasks.list("?status=pending")).body.tasks.map(({ id }) => id)).toEqual([open, ...made]);
    expect((await tasks.read(made[0]!)).action).toBe("update_account");
  });

  test("a task of another app is not undone", async () => {
    const other = await createTaskApp(api);
    const { id } = await other.create("u0");
    expect(await api.call("POST", `/apps/${tasks.app}/tasks/undo/`, { task_ids: [id] })).toMatchObject({
      status: 422,
      body: { detail: `task_ids: no task of this app has the id ${id}` },
    });
  });

  describe("the list of all apps", () => {
    async function find(query = ""): Promise<string[]> {
      const { status, body } = await api.call<Schemas["AppTaskList"]>("GET", `/tasks/${query}`);
      expect(status).toBe(200);
      return body.tasks.map(({ task }) => task.id);
    }

    test("has the latest due first, and finds by state, code, action and app", async () => {
      const other = await createTaskApp(api);
      const failed = await fail("u0");
      const denied = await fail("u1", "PERMISSION_DENIED");
      const done = await complete("u2", { action: "reset_password" });
      const cancelled = (await other.create("u0")).id;
      time += 1_000;
      await other.cancel(cancelled);
      const claimed = (await tasks.create("u4")).id;
      await tasks.claim("runner");
      time += 1_000;
      const pending = (await tasks.create("u5")).id;
      const scheduled = (await other.create("u6", { execute_after: "2027-01-01T00:00:00Z" })).id;
      expect(await find()).toEqual([scheduled, pending, claimed, cancelled, done, denied, failed]);
      expect(await find("?state=pending")).toEqual([pending]);
      expect(await find("?state=in_flight")).toEqual([claimed]);
      expect(await find("?state=scheduled")).toEqual([scheduled]);
      expect(await find("?state=completed")).toEqual([done]);
      expect(await find("?state=failed")).toEqual([denied, failed]);
      expect(await find("?state=cancelled")).toEqual([cancelled]);
      expect(await find("?code=PERMISSION_DENIED")).toEqual([denied]);
      expect(await find("?action=reset_password")).toEqual([done]);
      expect(await find(`?app_id=${other.app}`)).toEqual([scheduled, cancelled]);
      expect(await find(`?app_id=${other.app}&state=failed`)).toEqual([]);
    });

    test("comes a page at a time, with the app of each task", async () => {
      const ids = [await fail("u0"), await fail("u1"), await fail("u2")].toReversed();
      const { body: first } = await api.call<Schemas["AppTaskList"]>("GET", "/tasks/?limit=2");
      expect(first.tasks.map(({ task }) => task.id)).toEqual(ids.slice(0, 2));
      expect(first.tasks[0]).toMatchObject({ app_id: tasks.app, app_name: "HR" });
      const { body: second } = await api.call<Schemas["AppTaskList"]>("GET", first.next!);
      expect(second).toMatchObject({ tasks: [{ task: { id: ids[2] } }], next: null });
    });

    test("knows no app of another organisation", async () => {
      const { status } = await api.call("GET", `/tasks/?app_id=${await (await createApi(bridge)).createApp()}`);
      expect(status).toBe(404);
    });
  });
});

test("a batch locks the app before its tasks, as an erasure does, so that none waits for the other", async () => {
  await using bridge = await openBridge("postgres");
  const api = await createApi(bridge);
  const tasks = await createTaskApp(api);
  await tasks.report((await tasks.create("u0")).id, { status: "failed", error: { code: "TIMEOUT", message: "No." } });
  await api.call("PUT", "/budget/", { removals_per_hour: null, revocations_per_hour: 0 });
  await tasks.create("u1");
  await connect(bridge.database, async (client) => {
    await client.query("begin");
    await client.query("select from apps where id = $1 for update", [tasks.app]);
    const batches = ["retry", "release"].map((call) => api.call("POST", `/apps/${tasks.app}/tasks/${call}/`, {}));
    await expect
      .poll(async () => {
        await client.query("select pg_stat_clear_snapshot()");
        const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        return (await client.query(waiting)).rowCount;
      })
      .toBe(2);
    expect((await client.query("select from tasks for update nowait")).rowCount).toBe(2);
    await client.query("rollback");
    for (const { status } of await Promise.all(batches)) expect(status).toBe(200);
  });
});
