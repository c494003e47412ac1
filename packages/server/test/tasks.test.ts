import { randomUUID } from "node:crypto";
import { createClient } from "@bridgekit/client";
import { describe, expect, test } from "vitest";
import { accounts, TYPES } from "./support/api.ts";
import { DATABASES } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

const START = Date.parse("2026-01-01T00:00:00Z");

describe.each(DATABASES)("tasks on %s", async (kind) => {
  let time = START;
  const { bridge, api } = await setUpBridge(kind, { now: () => new Date(time) });

  const at = (milliseconds: number) => new Date(milliseconds).toISOString();
  /** An app that knows two accounts, u0 and u1, and the group g1. */
  async function createApp(): Promise<string> {
    const app = await api.createApp();
    await api.sync(app, [
      ["team", [{ id: "g1", name: "Design" }]],
      ["account", accounts(2)],
    ]);
    return app;
  }
  const create = (app: string, body: object = {}) =>
    api.call("POST", `/apps/${app}/tasks/`, { action: "suspend_account", payload: { account: { id: "u1" } }, ...body });
  const report = (app: string, task: string, body: object) =>
    api.call("PATCH", `/apps/${app}/tasks/${task}/status/`, body);
  const list = async (app: string, query = "") => (await api.call("GET", `/apps/${app}/tasks/${query}`)).body;

  test("a task is pending at once and has its payload unchanged", async () => {
    const app = await createApp();
    const payload = { account: { id: "u1", email: "x", shoe_size: 42 }, changes: { team: { added: [{ id: "g1" }] } } };
    const { status, body } = await create(app, { action: "update_account", payload });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String),
      action: "update_account",
      resource_type: "account",
      status: "pending",
      execute_after: at(time),
      created_at: at(time),
      payload,
      ended_at: null,
    });
    expect((await api.call("GET", `/apps/${app}/tasks/${body.id}/`)).body).toEqual({
      ...body,
      account_name: "u1@example.com",
      ref_names: [{ slug: "team", id: "g1", name: "Design" }],
      history: [{ at: at(time), event: "created", key_id: api.keyId }],
    });
    expect(await list(app, "?status=pending")).toEqual({
      tasks: [body],
      count: 1,
      count_is_exact: true,
      next: null,
      previous: null,
    });
  });

  const team = { added: 1, removed: 0 };
  test.each([
    { verified: { exists: true, status: "suspended" } },
    { verified: { at: "2026-01-01T00:00:00.000Z", exists: true, refs: { team } } },
    { verified: { unknown: "Wiki returned 502" } },
    { verified: { exists: false, secret: "s3cret" }, shows: { exists: false } },
    { verified: { secret: "s3cret" }, shows: undefined },
    { verified: { exists: true, refs: { team: { ...team, email: "u1@example.com" } } }, shows: undefined },
    { verified: { exists: true, status: "x".repeat(65) }, shows: undefined },
    { verified: { exists: "yes" }, shows: undefined },
    { verified: "all fine", shows: undefined },
    { verified: undefined, shows: undefined },
  ])("a task shows what was read back, if the result says so in its form: $verified", async (row) => {
    const { verified } = row;
    const app = await createApp();
    for (const end of [{ status: "completed" }, { status: "failed", error: { code: "TIMEOUT", message: "x" } }]) {
      const { body } = await create(app);
      const reported = await report(app, body.id, { ...end, result: { verified } });
      expect(reported.status).toBe(200);
      const shows = "shows" in row ? row.shows : verified;
      expect(reported.body.read_back).toEqual(shows);
      expect((await list(app)).tasks[0].read_back).toEqual(shows);
    }
  });

  test("resource_type is the slug of the account type, account if there is none", async () => {
    const join = { action: "create_account" };
    const custom = await api.createApp({ types: [{ slug: "employee", name: "E", type: "account" }] });
    expect((await create(custom, join)).body.resource_type).toBe("employee");
    const none = await api.createApp({ types: TYPES.slice(1) });
    expect((await create(none, join)).body.resource_type).toBe("account");
  });

  test("a scheduled task becomes pending by time alone", async () => {
    const app = await createApp();
    const due = time + 60_000;
    const { body: task } = await create(app, { execute_after: at(due) });
    expect(task.status).toBe("scheduled");
    expect((await list(app, "?status=pending")).count).toBe(0);
    expect((await list(app, "?status=scheduled")).count).toBe(1);
    expect((await report(app, task.id, { status: "completed" })).status).toBe(409);
    time = due;
    expect((await list(app, "?status=pending")).tasks).toMatchObject([{ id: task.id, status: "pending" }]);
    expect((await list(app, "?status=scheduled")).count).toBe(0);
    expect((await report(app, task.id, { status: "completed" })).status).toBe(200);
  });

  test("tasks are listed in the order in which they became due, in pages that keep the filter", async () => {
    const app = await createApp();
    const later = await create(app, { execute_after: at(time - 1_000) });
    const earlier = await create(app, { execute_after: at(time - 2_000) });
    const last = await create(app, { execute_after: at(time - 1_000) });
    const { tasks } = await list(app);
    expect(tasks.map(({ id }: { id: string }) => id)).toEqual([earlier.body.id, later.body.id, last.body.id]);
    const page = await list(app, "?status=pending&limit=1&offset=1");
    expect(page).toMatchObject({ tasks: [{ id: later.body.id }], count: 3 });
    expect(page.next).toContain(`${api.base}/apps/${app}/tasks/?status=pending&limit=1&offset=2`);
    expect(page.previous).toBe(`${api.base}/apps/${app}/tasks/?status=pending&limit=1&offset=0`);
    const { body: end } = await api.call("GET", page.next);
    expect(end).toMatchObject({ tasks: [{ id: last.body.id }], count: 3, next: null });
    expect(end.previous).toBe(page.previous.replace("offset=0", "offset=1"));
    expect((await list(app, "?limit=1&offset=2")).tasks).toMatchObject([{ id: last.body.id }]);
  });

  test("a client that reports tasks while paging through them sees each of them once", async () => {
    const app = await createApp();
    const created: string[] = [];
    // Three that are due at the same instant, and three in the order of their creation.
    for (const wish of [time - 1_000, time - 1_000, time - 1_000, undefined, undefined, undefined])
      created.push((await create(app, wish === undefined ? {} : { execute_after: at(wish) })).body.id);
    const client = createClient({
      baseUrl: `http://bridge.test/org/${api.slug}`,
      apiKey: api.key,
      fetch: async (input, init) => bridge.fetch(new Request(input, init)),
    });
    const seen: string[] = [];
    for await (const { id } of client.listTasks(app, { status: "pending", pageSize: 2 })) {
      seen.push(id);
      await client.reportTask(app, id, { status: "completed" });
    }
    expect(seen).toEqual(created);
  });

  test("an unknown cursor gets 400", async () => {
    const app = await createApp();
    const cursorOf = (...place: string[]) => Buffer.from(JSON.stringify(place)).toString("base64url");
    for (const cursor of ["x", cursorOf("x", "1"), cursorOf(at(time), "x"), cursorOf(at(time), "9".repeat(30))])
      expect((await api.call("GET", `/apps/${app}/tasks/?cursor=${cursor}`)).status, cursor).toBe(400);
  });

  test("an outcome is final, and is returned", async () => {
    const app = await createApp();
    const { body: first } = await create(app);
    const { body: second } = await create(app);
    const result = { account: { id: "4711" }, note: "done" };
    expect(await report(app, first.id, { status: "completed", result })).toMatchObject({
      status: 200,
      body: { status: "completed", result, ended_at: at(time) },
    });
    const error = { code: "ACCOUNT_NOT_FOUND", message: "No account has the id u1." };
    expect((await report(app, second.id, { status: "failed", error })).body).toMatchObject({ status: "failed", error });
    for (const { id } of [first, second]) {
      expect((await report(app, id, { status: "completed" })).status).toBe(409);
      expect((await report(app, id, { status: "failed", error })).status).toBe(409);
    }
    expect((await list(app, "?status=failed")).tasks).toMatchObject([{ id: second.id }]);
    expect((await list(app, "?status=pending")).count).toBe(0);
  });

  test("of simultaneous reports one counts", async () => {
    const app = await createApp();
    const { body: task } = await create(app);
    const responses = await Promise.all(Array.from({ length: 5 }, () => report(app, task.id, { status: "completed" })));
    expect(responses.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409, 409, 409]);
  });

  test("an invalid report gets 400 and leaves the task pending", async () => {
    const app = await createApp();
    const { body: task } = await create(app);
    const bad = [
      {},
      { status: "pending" },
      { status: "failed" },
      { status: "failed", error: { code: "SOMETHING", message: "x" } },
      { status: "failed", error: { code: "TIMEOUT", message: "" } },
      { status: "failed", error: { code: "TIMEOUT" } },
      { status: "completed", result: [] },
      { status: "completed", result: { text: "x".repeat(16 * 1024) } },
      { status: "completed", result: { account: { id: 7 } } },
    ];
    for (const body of bad)
      expect((await report(app, task.id, body)).status, JSON.stringify(body).slice(0, 80)).toBe(400);
    expect((await list(app, "?status=pending")).count).toBe(1);
  });

  test("an invalid task gets 400 or 422, an unknown one 404", async () => {
    const app = await createApp();
    expect((await create(app, { action: "promote_account" })).status).toBe(400);
    expect((await create(app, { payload: {} })).status).toBe(400);
    expect((await create(app, { execute_after: "tomorrow" })).status).toBe(400);
    expect((await create(app, { execute_after: "2026-02-30T00:00:00Z" })).status).toBe(400);
    expect((await create(app, { execute_after: "2027-02-29T00:00:00Z" })).status).toBe(400);
    expect((await create(app, { execute_after: "2027-02-28T24:00:00Z" })).status).toBe(400);
    expect((await create(app, { execute_after: "2027-02-28T23:59:59Z" })).status).toBe(201);
    expect((await create(app, { execute_after: "2028-02-29T00:00:00Z" })).status).toBe(201);
    expect((await create(app, { execute_after: "0000-01-01T00:00:00Z" })).status).toBe(400);
    expect((await create(app, { execute_after: "0001-01-01T00:00:00+00:01" })).status).toBe(400);
    expect((await create(app, { execute_after: "9999-12-31T23:59:59-23:59" })).status).toBe(400);
    expect((await create(app, { execute_after: "9999-12-31T23:59:59Z" })).status).toBe(201);
    expect((await create(app, { payload: { account: { id: "u1" }, memberships: { seat: [] } } })).status).toBe(422);
    expect((await create(app, { payload: { account: { id: "u1" }, changes: { account: {} } } })).status).toBe(422);
    expect((await report(app, randomUUID(), { status: "completed" })).status).toBe(404);
    const { body: task } = await create(app);
    expect((await report(await createApp(), task.id, { status: "completed" })).status).toBe(404);
  });
});
