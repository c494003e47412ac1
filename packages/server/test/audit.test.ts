import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Client } from "pg";
import type { components } from "@bridgekit/client";
import { encodeCursor } from "../src/http/cursor.ts";
import { accounts, type Answer, type Api, createApi } from "./support/api.ts";
import { connect, DATABASES, openBridge } from "./support/open-bridge.ts";

type AuditEntry = components["schemas"]["AuditEntry"];

async function audit(api: Api, query = ""): Promise<AuditEntry[]> {
  return (await api.call("GET", `/audit/?limit=500${query}`)).body.entries;
}

/** What was done and how it was answered, oldest first. */
const story = (entries: AuditEntry[]) => entries.map(({ operation, status }) => [operation, status]).toReversed();

describe.each(DATABASES)("the audit trail on %s", (kind) => {
  let bridge: Awaited<ReturnType<typeof openBridge>>;
  let api: Api;
  let time = Date.parse("2026-01-01T00:00:00Z");
  beforeAll(async () => {
    // Every look at the clock is a millisecond later, so that the order is told.
    bridge = await openBridge(kind, { now: () => new Date(time++) });
    api = await createApi(bridge);
  });
  afterAll(() => bridge.close());

  test("tells who did what, in which request, and how it was answered", async () => {
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
    });
  });

  test("has every call that may change something, and of a sync its start and its end", async () => {
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

  test("has which key was made, and what the guard was before and after", async () => {
    const caller = await createApi(bridge);
    const app = await caller.createApp();
    const before = (await caller.call("GET", `/apps/${app}/`)).body.removal_guard;
    const after = { max_share: 0.5, min_count: 3 };
    await caller.call("PATCH", `/apps/${app}/`, { removal_guard: after });
    await caller.call("PATCH", `/apps/${app}/`, { removal_guard: null });
    await caller.call("PATCH", `/apps/${app}/`, { name: "IT" });
    const { body: made } = await caller.call("POST", "/keys/", { name: "x", role: "connector" });
    const { id } = await bridge.createKey({ org: caller.slug, name: "y", role: "connector" });
    const entries = (await audit(caller)).slice(0, 5);
    expect(entries.map(({ details }) => details)).toEqual([
      { key_id: id },
      { key_id: made.id },
      undefined,
      { removal_guard: { before: after, after: null } },
      { removal_guard: { before, after } },
    ]);
    expect(JSON.stringify(entries)).not.toContain(made.key);
  });

  test("has nothing of what was refused", async () => {
    const caller = await createApi(bridge);
    const connector = await createApi(bridge, { org: caller.slug, role: "connector" });
    const missing = "00000000-0000-4000-8000-000000000000";
    await caller.call("POST", `/apps/${missing}/sync/`);
    await caller.call("DELETE", `/keys/${caller.keyId}/`);
    await caller.call("POST", "/apps/", { name: "" });
    await connector.call("POST", "/keys/", { name: "x", role: "admin" });
    expect(story(await audit(caller)).slice(3)).toEqual([]);
    expect((await connector.call("GET", "/audit/")).status).toBe(403);
  });

  test("has what was done on the machine itself, without a key", async () => {
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

  test("is read by key and by app, in pages, newest first, each organisation its own", async () => {
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
      const { body }: Answer<components["schemas"]["AuditList"]> = await caller.call("GET", next);
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

  test("answers 400 to a cursor that is none of its own", async () => {
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

    test("has a call that the Bridge failed to carry out, and none that it could not write down is carried out", async () => {
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
