import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Client } from "pg";
import type { components } from "@bridgekit/client";
import { encodeCursor } from "../src/http/cursor.ts";
import { accounts, type ApiResponse, type Api, createApi } from "./support/api.ts";
import { operations } from "./support/openapi/operations.ts";
import { connect, DATABASES, openBridge } from "./support/open-bridge.ts";

type AuditEntry = components["schemas"]["AuditEntry"];

async function audit(api: Api, query = ""): Promise<AuditEntry[]> {
  return (await api.call("GET", `/audit/?limit=500${query}`)).body.entries;
}

/** Operations and statuses, oldest first. */
const story = (entries: AuditEntry[]) => entries.map(({ operation, status }) => [operation, status]).toReversed();

/** What programs alone call, and what changes nothing. */
const WITHOUT_REASON = new Set([
  "setCapabilities",
  "startSync",
  "pushPage",
  "putReceipt",
  "completeSync",
  "claimTasks",
  "reportRunners",
  "reportTask",
  "previewGuard",
  "previewErasure",
]);

test("every call by which a person changes something takes a reason", () => {
  const without = operations.filter(
    ({ method, parameters }) => method !== "GET" && !parameters.some(({ name }) => name === "X-Bridge-Reason"),
  );
  expect(new Set(without.map(({ id }) => id))).toEqual(WITHOUT_REASON);
});

describe.each(DATABASES)("the audit trail on %s", (kind) => {
  let bridge: Awaited<ReturnType<typeof openBridge>>;
  let api: Api;
  let time = Date.parse("2026-01-01T00:00:00Z");
  beforeAll(async () => {
    // Every look at the clock is a millisecond later, so the order is defined.
    bridge = await openBridge(kind, { now: () => new Date(time++) });
    api = await createApi(bridge);
  });
  afterAll(() => bridge.close());

  test("shows who did what, in which request, and the status of the response", async () => {
    const { body: app, headers } = await api.call("POST", "/apps", { name: "HR" });
    const [entry] = await audit(api);
    expect(entry).toEqual({
      id: expect.any(String),
      at: expect.stringMatching(/^2026-01-01T/),
      key_id: api.keyId,
      key_name: "test",
      operation: "createApp",
      path: "/api/v1/bridge/apps",
      app_id: app.id,
      status: 201,
      request_id: headers.get("x-request-id"),
      details: { before: null, after: { name: "HR" } },
    });
  });

  test("has every call that may change something, and the start and end of each sync", async () => {
    const caller = await createApi(bridge);
    const app = await caller.createApp({ types: [{ slug: "account", name: "A", type: "account" }] });
    await caller.sync(app, [["account", accounts(3)]]);
    await caller.complete(app, await caller.start(app));
    await caller.call("GET", "/apps/");
    expect(story(await audit(caller))).toEqual([
      ["createOrg", 201],
      ["createKey", 201],
      ["createApp", 201],
      ["createResourceType", 201],
      ["startSync", 201],
      ["completeSync", 202],
      ["startSync", 201],
      ["completeSync", 202],
    ]);
  });

  test("shows each change, before and after", async () => {
    const caller = await createApi(bridge);
    const done = async (method: string, path: string, body?: unknown) => {
      const response = await caller.call(method, path, body);
      expect(response.status, `${method} ${path}`).toBeLessThan(300);
      return { body: response.body, details: (await audit(caller))[0]?.details };
    };
    const made = await done("POST", "/apps/", { name: "HR" });
    const app = `/apps/${made.body.id}`;
    expect(made.details).toEqual({ before: null, after: { name: "HR" } });
    const clone = await done("POST", "/apps/", { name: "Clone", clone_from: made.body.id });
    expect(clone.details).toEqual({ before: null, after: { name: "Clone", clone_from: made.body.id } });
    expect((await done("DELETE", `/apps/${clone.body.id}/`)).details).toMatchObject({
      before: { name: "Clone" },
      after: null,
    });

    const guard = { max_share: 0.5, min_count: 3 };
    expect((await done("PATCH", `${app}/`, { name: "IT" })).details).toEqual({
      before: { name: "HR" },
      after: { name: "IT" },
    });
    expect((await done("PATCH", `${app}/`, { removal_guard: guard })).details).toEqual({
      before: { removal_guard: made.body.removal_guard },
      after: { removal_guard: guard },
    });
    expect((await done("PATCH", `${app}/`, { removal_guard: null })).details).toEqual({
      before: { removal_guard: guard },
      after: { removal_guard: null },
    });
    await caller.call("PATCH", `${app}/`, { removal_guard: guard });

    const type = { slug: "role", name: "Role", type: "group" };
    expect((await done("POST", `${app}/resource-types/`, type)).details).toEqual({ before: null, after: type });
    expect((await done("PATCH", `${app}/resource-types/role/`, { name: "Job" })).details).toEqual({
      before: { name: "Role" },
      after: { name: "Job" },
    });
    expect((await done("DELETE", `${app}/resource-types/role/`)).details).toEqual({
      before: { ...type, name: "Job" },
      after: null,
    });

    await caller.call("POST", `${app}/resource-types/`, { slug: "account", name: "Account", type: "account" });
    const first = await done("POST", `${app}/sync/`);
    const second = await done("POST", `${app}/sync/`);
    expect([first.details, second.details]).toEqual([
      { before: null, after: { sync_id: first.body.sync_id, replaced: [] } },
      { before: null, after: { sync_id: second.body.sync_id, replaced: [first.body.sync_id] } },
    ]);
    await caller.sync(made.body.id, [["account", accounts(5)]]);
    const losses = [{ slug: "account", of: "records", live: 5, lost: 5 }];
    for (const [end, status] of [
      ["discard", "abandoned"],
      ["confirm", "completing"],
    ] as const) {
      const held = await caller.sync(made.body.id, []);
      expect((await done("POST", `${app}/sync/${held.sync_id}/${end}/`)).details).toEqual({
        before: { status: "error", error_code: "REMOVALS_HELD", losses },
        after: { status },
      });
    }
    await bridge.whenReconciled();

    const order = { action: "suspend_account", payload: { account: { id: "u1" } } };
    const [one, two] = [await done("POST", `${app}/tasks/`, order), await done("POST", `${app}/tasks/`, order)];
    expect(one.details).toEqual({
      before: null,
      after: { task_id: one.body.id, action: "suspend_account", status: "pending" },
    });
    const error = { code: "TIMEOUT", message: "u1@example.com did not come back" };
    expect((await done("PATCH", `${app}/tasks/${one.body.id}/status/`, { status: "failed", error })).details).toEqual({
      before: { status: "pending" },
      after: { status: "failed", error_code: "TIMEOUT" },
    });
    expect((await done("DELETE", `${app}/tasks/${two.body.id}/`)).details).toEqual({
      before: { status: "pending" },
      after: { status: "failed" },
    });
    expect(JSON.stringify(await audit(caller))).not.toMatch(/u1|example\.com/);
  });

  test("shows which key was created and what happened to it, also by administration on the machine", async () => {
    const caller = await createApi(bridge);
    const { body: made } = await caller.call("POST", "/keys/", { name: "x", role: "connector", expires_in_days: 7 });
    await caller.call("DELETE", `/keys/${made.id}/`);
    await caller.call("DELETE", `/keys/${made.id}/`);
    const { id } = await bridge.createKey({ org: caller.slug, name: "y", role: "auditor" });
    await bridge.revokeKey(id);
    await bridge.revokeKey(id);
    const entries = await audit(caller);
    const revoked = { before: { revoked_at: null }, after: { revoked_at: expect.stringMatching(/^2026-01-01T/) } };
    const of = { app_ids: null, expires_at: null };
    expect(entries.map(({ details }) => details)).toEqual([
      undefined,
      revoked,
      { key_id: id, before: null, after: { ...of, name: "y", role: "auditor" } },
      undefined,
      revoked,
      { key_id: made.id, before: null, after: { ...of, name: "x", role: "connector", expires_at: made.expires_at } },
      { key_id: caller.keyId, before: null, after: { ...of, name: "test", role: "admin" } },
      { before: null, after: { slug: caller.slug, name: caller.slug } },
    ]);
    expect(JSON.stringify(entries)).not.toContain(made.key);
  });

  test("has no invalid or unsuccessful calls", async () => {
    const caller = await createApi(bridge);
    const missing = "00000000-0000-4000-8000-000000000000";
    await caller.call("POST", `/apps/${missing}/sync/`);
    await caller.call("POST", "/apps/", { name: "" });
    await caller.call("PATCH", `/apps/${missing}/`, { name: "x" });
    expect(story(await audit(caller)).slice(2)).toEqual([]);
  });

  test("has refused calls (403 and 409), with the first time and the number", async () => {
    const caller = await createApi(bridge);
    const connector = await createApi(bridge, { org: caller.slug, role: "connector" });
    const app = await caller.createApp();
    const before = (await audit(caller)).length;
    const secret = `bk_${"0".repeat(16)}_${"A".repeat(43)}`;
    for (let time = 0; time < 50; time++) await connector.call("GET", `/keys/?key=${secret}`);
    await connector.call("DELETE", `/apps/${app}/`);
    const foreign = await api.createApp();
    await connector.call("PATCH", `/apps/${foreign}/`, { name: "x" });
    const ended = await caller.start(app);
    await caller.complete(app, ended);
    for (let time = 0; time < 3; time++) await caller.push(app, ended, "account", accounts(1));
    await caller.call("DELETE", `/keys/${caller.keyId}/`);
    await bridge.revokeKey(connector.keyId);
    await connector.call("POST", `/apps/${app}/tasks/claim/`, { runner: secret });
    await connector.call("DELETE", `/apps/${secret}/`);

    const refused = (await audit(caller)).filter(({ refusals }) => refusals !== undefined).toReversed();
    const entry = (operation: string, status: number, count: number) => ({
      operation,
      status,
      refusals: { count, last_at: expect.stringMatching(/^2026-01-01T/) },
    });
    expect(refused).toMatchObject([
      { ...entry("listKeys", 403, 50), key_id: connector.keyId, key_name: "test", app_id: null },
      { ...entry("deleteApp", 403, 2), app_id: app, path: `/api/v1/bridge/apps/${app}/` },
      { ...entry("updateApp", 403, 1), app_id: null, path: "/api/v1/bridge/apps/*/" },
      { ...entry("pushPage", 409, 3), key_id: caller.keyId, path: `/api/v1/bridge/apps/${app}/sync/${ended}/*/` },
      { ...entry("revokeKey", 409, 1), key_id: caller.keyId, path: "/api/v1/bridge/keys/*/" },
      { ...entry("claimTasks", 403, 1), key_id: connector.keyId, app_id: app },
    ]);
    expect((await audit(caller)).length - before).toBe(refused.length + 3);
    expect(JSON.stringify(await audit(caller))).not.toContain("AAAA");
    expect(Date.parse(refused[0]!.refusals!.last_at)).toBeGreaterThan(Date.parse(refused[0]!.at));

    time += 60 * 60 * 1000;
    await caller.call("DELETE", `/keys/${caller.keyId}/`);
    const [again] = await audit(caller);
    expect(again).toMatchObject(entry("revokeKey", 409, 1));
    expect(again?.id).not.toBe(refused[4]?.id);
  });

  test("has administration on the machine, without a key", async () => {
    const { slug } = api;
    const { id } = await bridge.createKey({ org: slug, name: "x", role: "connector" });
    await bridge.revokeKey(id);
    const [revoked, created] = await audit(api);
    const nobody = { key_id: null, key_name: null, app_id: null, request_id: null };
    expect(created).toMatchObject({ ...nobody, operation: "createKey", path: "/api/v1/bridge/keys/", status: 201 });
    expect(revoked).toMatchObject({
      ...nobody,
      operation: "revokeKey",
      path: `/api/v1/bridge/keys/${id}/`,
      status: 204,
    });
  });

  test("is read by key and by app, in pages, newest first, per organisation", async () => {
    const caller = await createApi(bridge);
    const second = await createApi(bridge, { org: caller.slug });
    const app = await caller.createApp();
    await second.start(app);
    await second.createApp();
    expect(story(await audit(second, `&key_id=${second.keyId}&app_id=${app.toUpperCase()}`))).toEqual([
      ["startSync", 201],
    ]);
    const ofApp = await audit(caller, `&app_id=${app}`);
    expect(ofApp).toHaveLength(5);
    expect(new Set(ofApp.map(({ app_id }) => app_id))).toEqual(new Set([app]));

    const all = await audit(caller);
    const paged: AuditEntry[] = [];
    for (let next: string | null = "/audit?limit=3"; next !== null;) {
      const { body }: ApiResponse<components["schemas"]["AuditList"]> = await caller.call("GET", next);
      expect(body.entries.length).toBeLessThanOrEqual(3);
      paged.push(...body.entries);
      next = body.next;
    }
    expect(paged).toEqual(all);
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    expect(JSON.stringify(all)).not.toContain(api.keyId);
  });

  describe("is searched", () => {
    let caller: Api;
    let app: string;
    let ids: Record<"task" | "sync" | "key", string>;
    beforeAll(async () => {
      caller = await createApi(bridge);
      app = await caller.createApp({ types: [{ slug: "account", name: "A", type: "account" }] });
      const { sync_id: sync } = await caller.sync(app, [["account", accounts(3)]]);
      const order = { action: "suspend_account", payload: { account: { id: "u1" } } };
      const task = (await caller.call("POST", `/apps/${app}/tasks/`, order)).body.id;
      const reason = { "x-bridge-reason": encodeURIComponent("Ida's ticket OPS-7, 50%") };
      await caller.send("DELETE", `/apps/${app}/tasks/${task.toUpperCase()}/`, { headers: reason });
      const { body: key } = await caller.call("POST", "/keys/", { name: "Ida's Laptop", role: "admin" });
      await (await createApi(bridge, { org: caller.slug, key: key.key })).createApp({ types: [] });
      await caller.call("DELETE", `/keys/${key.id}/`);
      ids = { task, sync, key: key.id };
    });

    const find = async (query: Readonly<Record<string, string>>) =>
      story(await audit(caller, `&${new URLSearchParams(query).toString()}`)).map(([operation]) => operation);

    test("by a word of the name of who did it, or by key", async () => {
      expect(await find({ actor: "lapt" })).toEqual(["createApp"]);
      expect(await find({ actor: "IDA" })).toEqual(["createApp"]);
      expect(await find({ actor: "aptop" })).toEqual([]);
      expect(await find({ actor: "%" })).toEqual([]);
      expect(await find({ key_id: ids.key, operation: "createApp" })).toEqual(["createApp"]);
      expect(await find({ key_id: ids.key, operation: "createTask" })).toEqual([]);
    });

    test("by operation and app", async () => {
      expect(await find({ operation: "createApp" })).toEqual(["createApp", "createApp"]);
      expect(await find({ operation: "createApp", app_id: app })).toEqual(["createApp"]);
      expect(await find({ operation: "create" })).toEqual([]);
    });

    test("by what was created or changed", async () => {
      expect(await find({ target: ids.task })).toEqual(["createTask", "cancelTask"]);
      expect(await find({ target: ids.sync.toUpperCase() })).toEqual(["startSync", "completeSync"]);
      expect(await find({ target: ids.key })).toEqual(["createKey", "revokeKey"]);
      expect(await find({ target: app })).toEqual(["createApp", "createResourceType"]);
      expect(await find({ target: ids.task.slice(0, 20) })).toEqual([]);
    });

    test("by the beginning of a word of the path, the reason, the operation or the request", async () => {
      expect(await find({ text: "ops-7" })).toEqual(["cancelTask"]);
      expect(await find({ text: "50%" })).toEqual(["cancelTask"]);
      expect(await find({ text: "resource-t" })).toEqual(["createResourceType"]);
      expect(await find({ text: "completes" })).toEqual(["completeSync"]);
      const [newest] = await audit(caller);
      expect(await find({ text: newest?.request_id ?? "" })).toEqual(["revokeKey"]);
      expect(await find({ text: "nothing", operation: "createApp" })).toEqual([]);
    });

    test("by time, with the beginning and without the end", async () => {
      const all = await audit(caller);
      const [second, fourth] = [all.at(-2)!, all.at(-4)!];
      const between = await audit(caller, `&since=${second.at}&until=${fourth.at}`);
      expect(between).toEqual([all.at(-3), second]);
      expect(await find({ since: second.at, until: fourth.at, operation: "createKey" })).toEqual(["createKey"]);
    });
  });

  test("returns 400 for a cursor that does not belong to it", async () => {
    const id = "00000000-0000-4000-8000-000000000000";
    for (const cursor of [
      "nonsense",
      encodeCursor(["2026-02-30T00:00:00.000Z", id]),
      encodeCursor(["0000-01-01T00:00:00.000Z", id]),
      encodeCursor(["+012026-01-01T00:00:00.000Z", id]),
      encodeCursor(["2026-01-01T00:00:00.000Z", "x"]),
      encodeCursor(["2026-01-01T00:00:00.000Z"]),
    ])
      expect((await api.call("GET", `/audit/?cursor=${cursor}`)).status, cursor).toBe(400);
  });

  if (kind === "postgres") {
    const withClient = (use: (client: Client) => Promise<void>) => connect(bridge.database, use);

    test("is searched in windows: a page without a match leads to the next", async () => {
      const caller = await createApi(bridge);
      await withClient(async (client) => {
        await client.query(
          `insert into audit_entries (id, org_id, at, operation, path, status, details)
          select gen_random_uuid(), org.id, '2025-01-01'::timestamptz + n * interval '1 second', 'createTask', '/', 201,
            case when n in (1, 2, 15000) then '{"reason": "Ticket 7"}'::jsonb end
          from generate_series(1, 15000) n, orgs org where org.slug = $1`,
          [caller.slug],
        );
      });
      const found: AuditEntry[][] = [];
      for (let next: string | null = "/audit/?limit=2&text=ticket"; next !== null;) {
        const { body }: ApiResponse<components["schemas"]["AuditList"]> = await caller.call("GET", next);
        found.push(body.entries);
        next = body.next;
      }
      expect(found.map((page) => page.map(({ at }) => at))).toEqual([
        ["2025-01-01T04:10:00.000Z"],
        ["2025-01-01T00:00:02.000Z", "2025-01-01T00:00:01.000Z"],
      ]);
      const url = `${caller.base}/audit/export/?format=json&text=ticket`;
      const exported = await bridge.fetch(new Request(url, { headers: { authorization: `Api-Key ${caller.key}` } }));
      const lines = (await exported.text()).trimEnd().split("\n");
      expect(lines.map((line) => JSON.parse(line) as AuditEntry)).toEqual(found.flat());
    });

    test("has a call before it is carried out, without a status until then", async () => {
      const app = await api.createApp();
      await withClient(async (client) => {
        await client.query("begin");
        await client.query("select 1 from apps where id = $1 for update", [app]);
        const starting = api.start(app);
        const started = () => audit(api, `&app_id=${app}`).then(([entry]) => entry);
        await expect.poll(started).toMatchObject({ operation: "startSync", status: null });
        await client.query("commit");
        await starting;
        expect(await started()).toMatchObject({ operation: "startSync", status: 201 });
      });
    });

    test("has calls that failed; a call that it can't store is not carried out", async () => {
      const app = await api.createApp();
      await withClient(async (client) => {
        await client.query("alter table sync_sessions rename to hidden");
        expect((await api.call("POST", `/apps/${app}/sync/`)).status).toBe(500);
        await client.query("alter table hidden rename to sync_sessions");
        expect((await audit(api))[0]).toMatchObject({ operation: "startSync", status: 500 });

        await client.query("alter table audit_entries rename to hidden");
        expect((await api.call("PATCH", `/apps/${app}/`, { name: "unseen" })).status).toBe(500);
        await client.query("alter table hidden rename to audit_entries");
        expect((await api.call("GET", `/apps/${app}/`)).body.name).toBe("HR");
      });
    });
  }
});
