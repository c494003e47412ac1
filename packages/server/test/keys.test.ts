import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createApi } from "./support/api.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

let time = Date.parse("2026-01-01T00:00:00Z");
const { bridge, api } = await setUpBridge("pglite", { now: () => new Date(time) });

/** The response to a list of apps with this header. */
async function listApps(
  authorization: string | undefined,
  org = api.slug,
): Promise<{ status: number; detail?: string }> {
  const response = await bridge.fetch(
    new Request(`http://bridge.test/org/${org}/api/v1/bridge/apps/`, {
      headers: authorization === undefined ? {} : { authorization },
    }),
  );
  const { detail } = (await response.json()) as { detail?: string };
  return { status: response.status, ...(detail !== undefined && { detail }) };
}

test("the scheme is case-insensitive", async () => {
  expect((await listApps(`Api-Key ${api.key}`)).status).toBe(200);
  expect((await listApps(`api-key ${api.key}`)).status).toBe(200);
});

test("a missing, malformed or unknown key gets 401", async () => {
  const unknown = api.key.replace(/^bk_[0-9a-f]{4}/, "bk_0000");
  const wrongSecret = `${api.key.slice(0, -4)}AAAA`;
  for (const header of [
    undefined,
    "",
    "Api-Key",
    `Bearer ${api.key}`,
    "Api-Key nonsense",
    api.key,
    `Api-Key ${unknown}`,
    `Api-Key ${wrongSecret}`,
  ]) {
    expect(await listApps(header)).toMatchObject({ status: 401, detail: expect.stringContaining("Api-Key <key>") });
  }
});

test("a revoked key gets 403 at once with the date", async () => {
  const { id, key } = await bridge.createKey({ org: api.slug, name: "old", role: "connector" });
  expect((await listApps(`Api-Key ${key}`)).status).toBe(200);
  await bridge.revokeKey(id);
  expect(await listApps(`Api-Key ${key}`)).toEqual({
    status: 403,
    detail: `The API key was revoked on ${new Date(time).toISOString()}.`,
  });
});

test("a key expires by time alone", async () => {
  const { key } = await bridge.createKey({ org: api.slug, name: "short", role: "connector", expiresInDays: 7 });
  expect((await listApps(`Api-Key ${key}`)).status).toBe(200);
  const expiry = time + 7 * 24 * 60 * 60 * 1000;
  time = expiry;
  expect(await listApps(`Api-Key ${key}`)).toEqual({
    status: 403,
    detail: `The API key expired on ${new Date(expiry).toISOString()}.`,
  });
  expect((await listApps(`Api-Key ${api.key}`)).status).toBe(200);
});

test("a key opens its own organisation only", async () => {
  const other = await createApi(bridge);
  expect((await listApps(`Api-Key ${api.key}`, other.slug)).status).toBe(404);
  expect((await listApps(`Api-Key ${api.key}`, "nowhere")).status).toBe(404);
});

test("the key is checked before the organisation, and both before the request", async () => {
  expect((await listApps("Api-Key nonsense", "nowhere")).status).toBe(401);
  const response = await bridge.fetch(
    new Request(`${api.base}/apps/not-a-uuid/sync/`, { method: "POST", headers: { authorization: "Api-Key x" } }),
  );
  expect(response.status).toBe(401);
});

test("organisations do not see each other", async () => {
  const other = await createApi(bridge);
  const app = await other.createApp();
  await other.sync(app, [["account", [{ id: "u1", email: "x" }]]]);
  const syncId = await other.start(app);
  const task = await other.call("POST", `/apps/${app}/tasks/`, {
    action: "delete_account",
    payload: { account: { id: "u1" } },
  });
  const responses = await Promise.all([
    api.call("GET", `/apps/${app}/`),
    api.call("PATCH", `/apps/${app}/`, { name: "mine" }),
    api.call("POST", "/apps/", { name: "clone", clone_from: app }),
    api.call("GET", `/apps/${app}/resource-types/`),
    api.call("POST", `/apps/${app}/resource-types/`, { slug: "role", name: "Role", type: "group" }),
    api.call("POST", `/apps/${app}/sync/`),
    api.push(app, syncId, "account", []),
    api.complete(app, syncId),
    api.abandon(app, syncId),
    api.call("GET", `/apps/${app}/sync/${syncId}/`),
    api.call("POST", `/apps/${app}/sync/${syncId}/confirm/`),
    api.call("POST", `/apps/${app}/sync/${syncId}/discard/`),
    api.call("GET", `/apps/${app}/records/account/`),
    api.call("GET", `/apps/${app}/records/account/u1/`),
    api.call("GET", `/apps/${app}/tasks/`),
    api.call("POST", `/apps/${app}/tasks/`, { action: "delete_account", payload: { account: { id: "u1" } } }),
    api.call("GET", `/apps/${app}/tasks/${task.body.id}/`),
    api.call("PATCH", `/apps/${app}/tasks/${task.body.id}/status/`, { status: "completed" }),
    api.call("POST", `/apps/${app}/tasks/claim/`, { runner: "other" }),
    api.call("DELETE", `/apps/${app}/tasks/${task.body.id}/`),
  ]);
  expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 404));
  expect((await api.call("GET", "/apps/")).body).toMatchObject({ apps: [], count: 0 });
  expect((await other.call("GET", "/apps/")).body).toMatchObject({ count: 1 });
});

test("a connector's key does what the guide says and no administration", async () => {
  const connector = await createApi(bridge, { org: api.slug, role: "connector" });
  const app = await connector.createApp();
  expect(await connector.sync(app, [["account", [{ id: "u1", email: "x" }]]])).toMatchObject({ status: "completed" });
  const task = { action: "delete_account", payload: { account: { id: "u1" } } };
  expect((await connector.call("POST", `/apps/${app}/tasks/`, task)).status).toBe(403);
  const { body } = await api.call("POST", `/apps/${app}/tasks/`, task);
  expect((await connector.call("DELETE", `/apps/${app}/tasks/${body.id}/`)).status).toBe(403);
  expect((await connector.call("POST", `/apps/${app}/tasks/claim/`, { runner: "r1" })).body.tasks).toHaveLength(1);
  expect((await connector.call("PATCH", `/apps/${app}/tasks/${body.id}/status/`, { status: "completed" })).status).toBe(
    200,
  );
});

// The document says what needs an administrator; these operations must stay among them.
test("a connector cannot disable the guard, confirm removals, discard sessions or create tasks", async () => {
  const connector = await createApi(bridge, { org: api.slug, role: "connector" });
  const app = await api.createApp();
  const held = `/apps/${app}/sync/${await api.start(app)}`;
  const task = { action: "delete_account", payload: { account: { id: "u1" } } };
  for (const { status, body } of [
    await connector.call("PATCH", `/apps/${app}/`, { removal_guard: null }),
    await connector.call("POST", `${held}/confirm/`),
    await connector.call("POST", `${held}/discard/`),
    await connector.call("POST", `/apps/${app}/tasks/`, task),
  ]) {
    expect([status, body.detail]).toEqual([403, expect.stringContaining("needs the role operator or admin")]);
  }
});

test("administration refuses invalid input", async () => {
  await expect(bridge.createOrg(api.slug)).rejects.toThrow("already");
  await expect(bridge.createOrg("Not A Slug")).rejects.toThrow("no slug");
  await expect(bridge.createKey({ org: "nowhere", name: "x", role: "admin" })).rejects.toThrow("no organisation");
  await expect(bridge.revokeKey(randomUUID())).rejects.toThrow("no API key");
  expect(await bridge.listOrgs()).toContainEqual(expect.objectContaining({ slug: api.slug }));
});
