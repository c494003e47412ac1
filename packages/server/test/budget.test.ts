import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { components } from "@bridgekit/client";
import { accounts, type Api, createApi } from "./support/api.ts";
import { DATABASES } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

type Schemas = components["schemas"];

describe.each(DATABASES)("the budget of an hour on %s", async (kind) => {
  let time = new Date("2026-11-01T08:00:00Z");
  const { bridge } = await setUpBridge(kind, { now: () => time });
  let api: Api;
  let app: string;
  beforeEach(async () => {
    // Nothing of the test before counts.
    time = new Date(time.getTime() + 2 * 3_600_000);
    api = await createApi(bridge);
    app = await api.createApp({ guard: null });
  });

  const setBudget = (removals: number | null, revocations: number | null) =>
    api.call("PUT", "/budget/", { removals_per_hour: removals, revocations_per_hour: revocations });
  const getBudget = async () => (await api.call<Schemas["Budget"]>("GET", "/budget/")).body;
  const sync = (people: number, of = app) => api.sync(of, [["account", accounts(people)]]);
  const suspend = async (id: string, more: object = {}, of = app) =>
    (
      await api.call<Schemas["Task"]>("POST", `/apps/${of}/tasks/`, {
        action: "suspend_account",
        payload: { account: { id } },
        ...more,
      })
    ).body;
  const pending = async () =>
    (await api.call<Schemas["TaskList"]>("GET", `/apps/${app}/tasks/?status=pending`)).body.tasks.map(
      ({ payload }) => payload.account.id,
    );
  const release = (body: object = {}) => api.call("POST", `/apps/${app}/tasks/release/`, body);
  const decisions = async () => (await api.call<Schemas["Overview"]>("GET", "/overview/")).body.decisions;

  test("is off until it is set, and the change is in the audit trail", async () => {
    expect(await getBudget()).toEqual({
      removals_per_hour: null,
      removals_used: 0,
      revocations_per_hour: null,
      revocations_used: 0,
    });
    expect((await setBudget(5, null)).body).toMatchObject({ removals_per_hour: 5, revocations_per_hour: null });
    const { entries } = (await api.call("GET", "/audit/?operation=setBudget")).body;
    expect(entries[0]).toMatchObject({
      operation: "setBudget",
      details: {
        before: { removals_per_hour: null, revocations_per_hour: null },
        after: { removals_per_hour: 5, revocations_per_hour: null },
      },
    });
  });

  test("a sync that would remove more than is left is held with the reason, until it is confirmed", async () => {
    await setBudget(5, null);
    const other = await api.createApp({ guard: null });
    await sync(20);
    await sync(20, other);
    expect(await sync(17)).toMatchObject({ status: "completed" });
    expect(await getBudget()).toMatchObject({ removals_used: 3 });
    const held = await sync(17, other);
    expect(held).toMatchObject({
      status: "error",
      error: {
        error_code: "REMOVALS_HELD",
        message: expect.stringContaining(
          "would make inactive 3 records. The organisation allows 5 removals in an hour, of which 3 are used.",
        ),
      },
    });
    expect(await api.activeIds(other, "account")).toHaveLength(20);
    expect(await decisions()).toMatchObject([{ kind: "held", app_id: other, sync_id: held.sync_id }]);
    expect((await api.call("POST", `/apps/${other}/sync/${held.sync_id}/confirm/`)).status).toBe(202);
    await bridge.whenReconciled();
    expect(await api.activeIds(other, "account")).toHaveLength(17);
    // What somebody confirmed does not count.
    expect(await getBudget()).toMatchObject({ removals_used: 3 });
    expect(await sync(15)).toMatchObject({ status: "completed" });
  });

  test("an hour later the budget is there again", async () => {
    await setBudget(5, null);
    await sync(20);
    await sync(15);
    expect(await sync(14)).toMatchObject({ status: "error" });
    time = new Date(time.getTime() + 3_661_000);
    expect(await sync(14)).toMatchObject({ status: "completed" });
  });

  test("what was used late in a minute counts for a whole hour", async () => {
    await sync(4);
    await setBudget(null, 1);
    time = new Date(Math.ceil(time.getTime() / 60_000) * 60_000 + 59_000);
    expect(await suspend("u1")).toMatchObject({ status: "pending" });
    time = new Date(time.getTime() + 3_600_000 - 20_000);
    expect((await suspend("u2")).held).toBeDefined();
    expect(await getBudget()).toMatchObject({ revocations_used: 1 });
    time = new Date(time.getTime() + 80_000);
    expect(await suspend("u3")).toMatchObject({ status: "pending" });
  });

  test("a server whose clock is ahead does not forget what others have used", async () => {
    await sync(4);
    await setBudget(null, 1);
    expect(await suspend("u1")).toMatchObject({ status: "pending" });
    const right = time;
    time = new Date(time.getTime() + 2 * 3_600_000);
    await suspend("u2");
    time = right;
    expect((await suspend("u3")).held).toBeDefined();
  });

  test("syncs of several apps at the same time together keep to the budget", async () => {
    await setBudget(5, null);
    const apps = await Promise.all(Array.from({ length: 4 }, () => api.createApp({ guard: null })));
    for (const one of apps) await sync(10, one);
    const started = await Promise.all(
      apps.map(async (one) => {
        const syncId = await api.start(one);
        await api.push(one, syncId, "account", accounts(8));
        return syncId;
      }),
    );
    await Promise.all(apps.map((one, index) => api.complete(one, started[index]!)));
    await bridge.whenReconciled();
    const ends = await Promise.all(apps.map(async (one, index) => (await api.session(one, started[index]!)).status));
    expect(ends.toSorted()).toEqual(["completed", "completed", "error", "error"]);
    expect(await getBudget()).toMatchObject({ removals_used: 4 });
  });

  test("tasks beyond the budget are held: no runner gets them until they are released", async () => {
    await setBudget(null, 2);
    await sync(10);
    for (const id of ["u0", "u1"]) expect(await suspend(id)).toMatchObject({ status: "pending" });
    const held = await suspend("u2");
    expect(held).toMatchObject({
      status: "scheduled",
      held: { at: time.toISOString() },
      execute_after: time.toISOString(),
    });
    expect(await pending()).toEqual(["u0", "u1"]);
    const { body } = await api.call("POST", `/apps/${app}/tasks/claim/`, { runner: "r", limit: 10 });
    expect(body.tasks).toHaveLength(2);
    expect(await decisions()).toMatchObject([
      { kind: "held_tasks", app_id: app, at: time.toISOString(), tasks: { count: 1, count_is_exact: true } },
    ]);
    expect((await release()).body).toEqual({ released: 1 });
    expect(await pending()).toEqual(["u2"]);
    const { history, ...released } = (await api.call("GET", `/apps/${app}/tasks/${held.id}/`)).body;
    expect(released.held).toBeUndefined();
    expect(history.map(({ event }: { event: string }) => event)).toEqual(["created", "held", "released"]);
    expect(await decisions()).toEqual([]);
    expect((await release()).body).toEqual({ released: 0 });
  });

  test("what takes nothing away needs no budget", async () => {
    await setBudget(null, 0);
    await sync(10);
    const create = async (action: string, more: object = {}) =>
      (await api.call("POST", `/apps/${app}/tasks/`, { action, payload: { account: { id: "u1" }, ...more } })).body;
    const added = { changes: { team: { added: [{ id: "t1" }], removed: [] } } };
    const removed = { changes: { team: { added: [], removed: [{ id: "t1" }] } } };
    await api.sync(app, [
      ["team", [{ id: "t1", name: "T" }]],
      ["account", accounts(10)],
    ]);
    expect((await create("unsuspend_account")).held).toBeUndefined();
    expect((await create("update_account", added)).held).toBeUndefined();
    for (const [action, more] of [["update_account", removed], ["delete_account"]] as const)
      expect(await create(action, more)).toMatchObject({ status: "scheduled", held: {} });
  });

  test("a held task may be cancelled, and one for later keeps its time when it is released", async () => {
    await setBudget(null, 0);
    await sync(10);
    const later = new Date(time.getTime() + 86_400_000).toISOString();
    const [one, other] = [await suspend("u1"), await suspend("u2", { execute_after: later })];
    expect(other.execute_after).toBe(later);
    expect((await api.call("DELETE", `/apps/${app}/tasks/${one.id}/`)).status).toBe(204);
    expect((await release({ task_ids: [one.id, other.id, randomUUID()] })).body).toEqual({ released: 1 });
    expect((await api.call("GET", `/apps/${app}/tasks/${other.id}/`)).body).toMatchObject({
      status: "scheduled",
      execute_after: later,
    });
  });

  test("a batch uses what is left, and the rest of it is held", async () => {
    await sync(10);
    const ids: string[] = [];
    for (const id of ["u0", "u1", "u2"]) {
      const task = await suspend(id);
      const error = { code: "PERMISSION_DENIED", message: "no" };
      await api.call("PATCH", `/apps/${app}/tasks/${task.id}/status/`, { status: "failed", error });
      ids.push(task.id);
    }
    await setBudget(null, 2);
    const { body } = await api.call("POST", `/apps/${app}/tasks/retry/`, { task_ids: ids, preview: false });
    expect(body.items).toHaveLength(3);
    expect(
      body.items.filter(({ execute_after }: { execute_after?: string }) => execute_after === undefined),
    ).toHaveLength(1);
    expect(await pending()).toHaveLength(2);
    expect((await release()).body).toEqual({ released: 1 });
    expect(await pending()).toHaveLength(3);
  });

  test("a held task and its release are events", async () => {
    await setBudget(null, 0);
    await sync(2);
    const { id } = await suspend("u1");
    await release();
    const stream = await bridge.fetch(
      new Request(`${api.base}/events/`, { headers: { authorization: `Api-Key ${api.key}`, "last-event-id": "0" } }),
    );
    let text = "";
    for await (const chunk of stream.body!) {
      text += new TextDecoder().decode(chunk);
      if (text.includes("task.released")) break;
    }
    expect([...text.matchAll(/event: (task\.\w+)/g)].map(([, type]) => type)).toEqual([
      "task.created",
      "task.held",
      "task.released",
    ]);
    expect(text).toContain(id);
  });
});
