import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createBridge } from "../src/index.ts";
import { accounts, createApi, progressOf } from "./support/api.ts";
import { createDatabase, DATABASES } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

describe.each(DATABASES)("a session on %s", async (kind) => {
  const { bridge, api } = await setUpBridge(kind);

  /** Statuses of a PUT, a complete and an abandon, in this order. */
  async function knock(app: string, syncId: string): Promise<number[]> {
    const push = await api.push(app, syncId, "account", accounts(1));
    const complete = await api.complete(app, syncId);
    const abandon = await api.abandon(app, syncId);
    return [push.status, complete.status, abandon.status];
  }

  test("a newer start abandons the open session and discards its pages", async () => {
    const app = await api.createApp();
    const old = await api.start(app);
    await api.push(app, old, "account", accounts(3));
    const current = await api.start(app);
    expect(await api.session(app, old)).toMatchObject({ status: "abandoned" });
    expect(await knock(app, old)).toEqual([409, 409, 409]);
    await api.push(app, current, "account", [{ id: "u9", email: "x" }]);
    await api.complete(app, current);
    await bridge.whenReconciled();
    expect(await api.activeIds(app, "account")).toEqual(["u9"]);
  });

  test("a start while another is completing is allowed, and the older reconciliation runs first", async () => {
    const app = await api.createApp();
    const older = await api.start(app);
    await api.push(app, older, "account", [{ id: "u1", email: "older@x" }]);
    await api.complete(app, older);
    const newer = await api.start(app);
    await api.push(app, newer, "account", [{ id: "u1", email: "newer@x" }]);
    await api.complete(app, newer);
    await bridge.whenReconciled();
    expect(await api.session(app, older)).toMatchObject({ status: "completed" });
    expect(await api.session(app, newer)).toMatchObject({ status: "completed" });
    expect(await api.data(app, "account")).toMatchObject([{ id: "u1", email: "newer@x" }]);
  });

  /** Starts a session of a generation; returns the response. */
  const startAs = (app: string, generation: number | string) =>
    api.send("POST", `/apps/${app}/sync/`, { headers: { "x-bridge-generation": String(generation) } });

  test("a start of an older generation is refused and replaces nothing; the same one and none start", async () => {
    const app = await api.createApp();
    expect((await startAs(app, 7)).status).toBe(201);
    const { body: newer } = await startAs(app, 7);
    const refused = await startAs(app, 6);
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining("its generation is 7") } });
    expect(await api.session(app, newer.sync_id)).toMatchObject({ status: "in_progress" });
    const unfenced = await api.start(app);
    expect(await api.session(app, newer.sync_id)).toMatchObject({ status: "abandoned" });
    expect((await startAs(app, 6)).status).toBe(409);
    expect(await api.session(app, unfenced)).toMatchObject({ status: "in_progress" });
    expect((await startAs(app, 8)).status).toBe(201);
  });

  test("generations of two apps are independent, and the largest one is exact", async () => {
    const [one, other] = [await api.createApp(), await api.createApp()];
    expect((await startAs(one, 999_999_999_999_999)).status).toBe(201);
    expect((await startAs(other, 1)).status).toBe(201);
    expect((await startAs(one, 999_999_999_999_998)).body.detail).toContain("999999999999999");
  });

  test.each(["0", "-1", "1.5", "1000000000000000", "x", ""])("the generation %j gets 400", async (generation) => {
    const { status, body } = await startAs(await api.createApp(), generation);
    expect([status, body.detail]).toEqual([400, expect.stringContaining("X-Bridge-Generation")]);
  });

  test("of two starts at the same time the newer generation keeps its session", async () => {
    const app = await api.createApp();
    const [older, newer] = await Promise.all([startAs(app, 1), startAs(app, 2)]);
    expect([201, 409]).toContain(older.status);
    expect(await api.session(app, newer.body.sync_id)).toMatchObject({ status: "in_progress" });
  });

  test("complete may be repeated; a page or an abandon after it gets 409", async () => {
    const app = await api.createApp();
    const syncId = await api.start(app);
    await api.push(app, syncId, "account", accounts(1));
    const first = await api.complete(app, syncId);
    expect(first).toMatchObject({ status: 202, body: { sync_id: syncId, status: "completing" } });
    expect(progressOf(first.body, "account")).toMatchObject({ synced_count: 1 });
    expect(await knock(app, syncId)).toEqual([409, 202, 409]);
    await bridge.whenReconciled();
    expect(await knock(app, syncId)).toEqual([409, 202, 409]);
  });

  test("abandon may be repeated; a page or a complete after it gets 409", async () => {
    const app = await api.createApp();
    const syncId = await api.start(app);
    expect((await api.abandon(app, syncId)).status).toBe(204);
    expect(await knock(app, syncId)).toEqual([409, 409, 204]);
  });

  test("reconciliations run in the order in which their sessions ended", async () => {
    const app = await api.createApp();
    for (let round = 0; round < 5; round++) {
      const syncId = await api.start(app);
      await api.push(app, syncId, "account", [{ id: "u1", email: `${round}@x` }]);
      await api.complete(app, syncId);
    }
    await bridge.whenReconciled();
    expect(await api.data(app, "account")).toMatchObject([{ email: "4@x" }]);
  });

  test("of many simultaneous starts one session stays open", async () => {
    const app = await api.createApp();
    const started = await Promise.all(Array.from({ length: 8 }, () => api.start(app)));
    const sessions = await Promise.all(started.map((syncId) => api.session(app, syncId)));
    expect(sessions.filter(({ status }) => status === "in_progress")).toHaveLength(1);
    expect(sessions.filter(({ status }) => status === "abandoned")).toHaveLength(7);
  });

  test("a page that races the end is either acknowledged and reconciled or refused", async () => {
    const app = await api.createApp({ guard: null });
    for (let round = 0; round < 10; round++) {
      const syncId = await api.start(app);
      const pushes = Array.from({ length: 6 }, (_, index) =>
        api.push(app, syncId, "account", [{ id: `r${round}-${index}`, email: "x" }]),
      );
      const completed = api.complete(app, syncId);
      const responses = await Promise.all(pushes);
      await completed;
      await bridge.whenReconciled();
      const acknowledged = responses.flatMap(({ status }, index) => (status === 200 ? [`r${round}-${index}`] : []));
      expect(responses.every(({ status }) => status === 200 || status === 409)).toBe(true);
      expect(await api.activeIds(app, "account")).toEqual(acknowledged);
    }
  });

  test("of simultaneous ends one counts", async () => {
    const app = await api.createApp();
    const syncId = await api.start(app);
    const responses = await Promise.all([
      api.complete(app, syncId),
      api.complete(app, syncId),
      api.abandon(app, syncId),
    ]);
    const { status } = await api.session(app, syncId);
    const expected = status === "abandoned" ? [409, 409, 204] : [202, 202, 409];
    expect(responses.map((response) => response.status)).toEqual(expected);
  });

  test("the first completed sync configures the app; an abandoned one does not", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(1)]], "abandon");
    expect((await api.call("GET", `/apps/${app}/`)).body).toMatchObject({
      configuration_status: "CHECKING_CONFIGURATION",
      last_synced_at: null,
    });
    await api.sync(app, [["account", accounts(1)]]);
    expect((await api.call("GET", `/apps/${app}/`)).body).toMatchObject({
      configuration_status: "CONFIGURED",
      last_synced_at: expect.any(String),
    });
  });

  test("an unknown app, session or slug gets 404", async () => {
    const app = await api.createApp();
    const other = await api.createApp();
    const syncId = await api.start(app);
    const statuses = await Promise.all([
      api.push(randomUUID(), syncId, "account", []),
      api.push(app, randomUUID(), "account", []),
      api.push(other, syncId, "account", []),
      api.push(app, syncId, "unknown", []),
      api.complete(other, syncId),
      api.abandon(app, randomUUID()),
      api.call("POST", `/apps/${randomUUID()}/sync/`),
      api.call("GET", `/apps/${other}/sync/${syncId}/`),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual(Array(8).fill(404));
  });

  // PGlite is always one process.
  if (kind !== "postgres") return;

  test("several processes may start at once on an empty database", async () => {
    const { database, drop } = await createDatabase(kind);
    const bridges = await Promise.all([1, 2, 3].map(() => createBridge({ database })));
    await bridges[0]?.createOrg("main");
    expect(await bridges[2]?.listOrgs()).toHaveLength(1);
    await Promise.all(bridges.map((started) => started.close()));
    await drop();
  });

  test("simultaneous starts and ends in several processes all get a response", async () => {
    await using second = await createBridge({ database: bridge.database });
    const there = await createApi(second, { org: api.slug });
    const app = await api.createApp({ guard: null });
    for (let round = 0; round < 5; round++) {
      const syncId = await api.start(app);
      await api.push(app, syncId, "account", accounts(50, round));
      const starts = Array.from({ length: 60 }, (_, index) =>
        (index % 2 ? api : there).call("POST", `/apps/${app}/sync/`),
      );
      const { status } = await api.complete(app, syncId);
      expect([202, 409]).toContain(status);
      expect((await Promise.all(starts)).map((response) => response.status)).toEqual(Array(60).fill(201));
    }
    await bridge.whenReconciled();
  });

  test("several processes reconcile each session once and in order", async () => {
    await using second = await createBridge({ database: bridge.database });
    const there = await createApi(second, { org: api.slug });
    const app = await api.createApp({ guard: null });
    for (let round = 0; round < 10; round++) {
      const caller = round % 2 === 0 ? api : there;
      const syncId = await caller.start(app);
      await caller.push(app, syncId, "account", [...accounts(5), { id: "last", email: `${round}@x` }]);
      await caller.complete(app, syncId);
    }
    await bridge.whenReconciled();
    expect((await api.data(app, "account"))[0]).toMatchObject({ id: "last", email: "9@x" });
  });
});
